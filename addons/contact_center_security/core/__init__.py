"""The part of the login rules without Odoo: counting attempts, weak passwords."""
