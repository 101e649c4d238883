# `glpi_connector.tests.fake_glpi` also serves the tests of the core, where there is no Odoo.
if __name__.startswith("odoo.addons."):
    from . import (
        test_access_table,
        test_contacts,
        test_demo_flow,
        test_documents,
        test_fault_matrix,
        test_flow_action,
        test_health,
        test_news,
        test_news_clock,
        test_notes_never_leave,
        test_outbox,
        test_privacy,
        test_push,
        test_security,
        test_server,
        test_ticket_open,
        test_ticket_screen,
        test_ticket_status,
        test_webhook,
    )
