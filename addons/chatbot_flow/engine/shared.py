"""What the contact centre's core reads for every addon: how people write things.

The package is found beside this one, inside Odoo (``odoo.addons.``) and as a plain package, see
docs/decisions/plain-packages.md.
"""

from __future__ import annotations

from importlib import import_module

_BESIDE = __name__.partition("chatbot_flow.")[0]

cardinals = import_module(f"{_BESIDE}contact_center.core.cardinals")
dates = import_module(f"{_BESIDE}contact_center.core.dates")
tidying = import_module(f"{_BESIDE}contact_center.core.tidying")
yes_no = import_module(f"{_BESIDE}contact_center.core.yes_no")
phones = import_module(f"{_BESIDE}contact_center.core.phones")
