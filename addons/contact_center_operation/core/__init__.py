"""What outages are measured by; knows no Odoo."""
