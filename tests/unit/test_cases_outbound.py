"""Recorded cases of outbox and statuses; what each stands for has its own tests."""

from tests.cases import case
from whatsapp_helpdesk.cloud_api import errors, events, menu_text, messages
from whatsapp_helpdesk.cloud_api.errors import ErrorClass


def test_late_refusal_of_the_24_hours_is_read_with_its_code():
    (item,) = events.split(case("w07-131047-after-citizen-wrote.json")["payload"])
    status = messages.parse_status(item.payload)
    assert (status.status, status.error_code) == ("failed", "131047")
    assert errors.info(status.error_code).kind is ErrorClass.NEEDS_TEMPLATE


def test_refused_menu_is_one_that_may_be_written_down():
    fault = case("w09-menu-refused.json")["payload"]["fault"]["error"]
    assert errors.is_about_content(fault["code"])
    assert menu_text.is_menu({"type": "interactive"})
