"""The GLPI client, without Odoo: URLs, sessions, errors, texts, documents.

Nothing here imports Odoo: `PYTHONPATH=addons python -c "import glpi_connector.rest"` works on its
own. The Odoo models build a client with `connect()` and only know `interface.GlpiClient`.
"""

from .errors import GlpiAuth, GlpiCrash, GlpiDown, GlpiError, GlpiRefused
from .hlapi import HighLevelClient
from .hlapi_transport import Credentials, high_level_versions, speaks_high_level
from .interface import (
    Actor,
    CatalogueItem,
    Choice,
    DocumentDraft,
    DocumentNews,
    FollowupNews,
    Followups,
    GlpiClient,
    KnownEntries,
    Scope,
    ServerClock,
    ServerInfo,
    SolutionNews,
    TicketDraft,
    TicketNews,
    UserItem,
    UserRef,
)
from .legacy import LegacyClient
from .narrow import Width
from .wire import is_proxy


def connect(dialect, url, app_token="", user_token="", *, credentials=None, **options):
    """Make a client of `dialect`: "legacy" (apirest.php) or "hlapi" (GLPI 11).

    Nothing is sent yet: the first call opens the session. The high-level API needs `credentials`
    (Credentials); with tokens as well, it uses the legacy API to fill its gaps.

    :param options: see transport.Transport and wire.Wire; zone: tzinfo of GLPI's wall time
    :raises GlpiAuth: the address or token cannot be valid
    :raises ValueError: an unknown dialect
    """
    if dialect == "legacy":
        return LegacyClient(url, app_token, user_token, **options)
    if dialect == "hlapi":
        return HighLevelClient(url, credentials, app_token, user_token, **options)
    raise ValueError(dialect)


def choice_item(choice):
    """Return the CatalogueItem of an entity or profile that a session may use."""
    return CatalogueItem(choice.id, choice.name.rpartition(" > ")[2], choice.name)


__all__ = [
    "Actor",
    "CatalogueItem",
    "Choice",
    "Credentials",
    "DocumentDraft",
    "DocumentNews",
    "FollowupNews",
    "Followups",
    "GlpiAuth",
    "GlpiClient",
    "GlpiCrash",
    "GlpiDown",
    "GlpiError",
    "GlpiRefused",
    "HighLevelClient",
    "KnownEntries",
    "LegacyClient",
    "Scope",
    "ServerClock",
    "ServerInfo",
    "SolutionNews",
    "TicketDraft",
    "TicketNews",
    "UserItem",
    "UserRef",
    "Width",
    "choice_item",
    "connect",
    "high_level_versions",
    "is_proxy",
    "speaks_high_level",
]
