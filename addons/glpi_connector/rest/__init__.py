"""Speaking to GLPI, without Odoo: addresses, sessions, errors, texts, documents.

Nothing here imports Odoo: `PYTHONPATH=addons python -c "import glpi_connector.rest"` works on its
own. The Odoo models build a client with `connect()` and only know `interface.GlpiClient`.
"""

from .errors import GlpiAuth, GlpiCrash, GlpiDown, GlpiError, GlpiRefused
from .interface import (
    Actor,
    CatalogueItem,
    Choice,
    DocumentDraft,
    DocumentNews,
    FollowupNews,
    GlpiClient,
    Scope,
    ServerClock,
    ServerInfo,
    SolutionNews,
    TicketDraft,
    TicketNews,
    TicketSummary,
    UserItem,
    UserRef,
)
from .legacy import LegacyClient

DIALECTS = {"legacy": LegacyClient}


def connect(dialect, url, app_token, user_token, **options):
    """Make a client that speaks `dialect` ("legacy": apirest.php of GLPI 10).

    Nothing is sent yet: the session is opened by the first call and ended by `close()` (or at the
    end of a `with`). `options`: see transport.Transport and wire.Wire.
    Raises KeyError for an unknown dialect, GlpiAuth for an address or token that cannot be right.
    """
    return DIALECTS[dialect](url, app_token, user_token, **options)


__all__ = [
    "DIALECTS",
    "Actor",
    "CatalogueItem",
    "Choice",
    "DocumentDraft",
    "DocumentNews",
    "FollowupNews",
    "GlpiAuth",
    "GlpiClient",
    "GlpiCrash",
    "GlpiDown",
    "GlpiError",
    "GlpiRefused",
    "LegacyClient",
    "Scope",
    "ServerClock",
    "ServerInfo",
    "SolutionNews",
    "TicketDraft",
    "TicketNews",
    "TicketSummary",
    "UserItem",
    "UserRef",
    "connect",
]
