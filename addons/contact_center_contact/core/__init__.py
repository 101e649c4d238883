"""The part of the registry of citizens that needs no Odoo: words, documents."""
