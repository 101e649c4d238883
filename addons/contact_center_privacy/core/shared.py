# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Functions of the contact center's core: how people write things.

The package is found next to this one, inside Odoo (``odoo.addons.``) and as a plain package, see
docs/decisions/plain-packages.md.
"""

from __future__ import annotations

from importlib import import_module

_BESIDE = __name__.partition("contact_center_privacy.")[0]

tidying = import_module(f"{_BESIDE}contact_center.core.tidying")
yes_no = import_module(f"{_BESIDE}contact_center.core.yes_no")
