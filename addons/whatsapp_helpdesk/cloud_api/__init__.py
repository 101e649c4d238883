"""WhatsApp Cloud API without Odoo: payloads, events, errors, markup, client.

Nothing here imports Odoo or touches a database, so that it is tested by the thousand and can be
used from any program: ``PYTHONPATH=addons python -c "import whatsapp_helpdesk.cloud_api"``.
"""
