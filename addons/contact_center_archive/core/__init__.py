"""The part of the archive that needs no Odoo: search words, data export files."""
