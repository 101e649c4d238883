"""The part of the archive that needs no Odoo: search words, files of a data export."""
