# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""GLPI 11's high-level API (api.php/v2.x, OAuth2) as a GlpiClient.

Written after GLPI's published OpenAPI schemas and source; proven against the sandbox, which was
built from the same. `hlapi_calls` lists the gaps of that API.
"""

from .hlapi_catalogues import HighLevelCatalogues
from .hlapi_tickets import HighLevelTickets


class HighLevelClient(HighLevelTickets, HighLevelCatalogues):
    """GlpiClient over the high-level API; the methods are documented there."""
