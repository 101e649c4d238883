"""Measures of outages; knows no Odoo."""
