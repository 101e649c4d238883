"""What the contact centre's core reads for every addon: plain characters, telephones, yes and no.

The package is found beside this one, inside Odoo (``odoo.addons.``) and as a plain package, see
docs/decisions/plain-packages.md.
"""

from __future__ import annotations

from importlib import import_module

_BESIDE = __name__.partition("chatbot_flow.")[0]

tidying = import_module(f"{_BESIDE}contact_center.core.tidying")
yes_no = import_module(f"{_BESIDE}contact_center.core.yes_no")
phones = import_module(f"{_BESIDE}contact_center.core.phones")
