"""The part of the contact center that needs no Odoo: values, states, texts."""
