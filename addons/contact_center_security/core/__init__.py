"""The part of the login rules that needs no Odoo: counting attempts, weak passwords."""
