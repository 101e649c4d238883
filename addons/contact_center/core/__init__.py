"""What the contact centre knows without Odoo: values, states, protocol numbers, texts."""
