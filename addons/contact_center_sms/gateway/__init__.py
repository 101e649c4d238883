# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text messages without Odoo: parts, what a gateway is sent, what it answers."""
