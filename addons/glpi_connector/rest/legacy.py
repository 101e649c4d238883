# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""GLPI's legacy API (apirest.php) as a GlpiClient.

Proven against exchanges recorded from a real 10.0.6.
"""

from .legacy_catalogues import LegacyCatalogues
from .legacy_documents import LegacyDocuments
from .legacy_reading import LegacyReading
from .legacy_server import LegacyServer
from .legacy_tickets import LegacyTickets


class LegacyClient(LegacyTickets, LegacyReading, LegacyDocuments, LegacyCatalogues, LegacyServer):
    """GlpiClient over the legacy API; the methods are documented there."""
