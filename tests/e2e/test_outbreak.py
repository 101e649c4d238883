"""An outbreak: an alarm, a notice that citizens hear, and word when it is mended."""

import pytest
from playwright.sync_api import expect

from devtools.servers import Stack
from devtools.story import wait_until
from sandbox.client import PhoneClient
from tests.e2e.desk import admin, row
from tests.e2e.people import People

ALARM = "contact_center.alert.alarm"
BROADCAST = "contact_center.alert.broadcast"
SUBJECT = "contact_center.alert.subject"
WORDS = "estamos sem luz na praça"
# Two ordinary contacts two weeks ago: only after a day is anything called out of the ordinary.
PAST = """
import json, os
from datetime import timedelta
from odoo import fields
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
at = fields.Datetime.now() - timedelta(days=15)
partner = env["res.partner"].create({"name": "Cidadã de antes"})
for _number in range(2):
    conversation = env["contact_center.conversation"]._open(partner, "internal")
    conversation._close("self_service")
    env["contact_center.alert.contact"].create({
        "subject_id": values["subject"], "conversation_id": conversation.id,
        "partner_id": partner.id, "at": at, "how": "words"})
env.cr.commit()
"""


@pytest.fixture(scope="module")
def subject(stack: Stack) -> int:
    """Return a watched subject that was learned, the only one."""
    others = admin(stack).call(SUBJECT, "search", [])
    admin(stack).call(SUBJECT, "write", others, {"active": False})
    vals = {"name": "iluminação", "words": "sem luz", "minimum": 4}
    key = admin(stack).call(SUBJECT, "create", [vals])[0]
    stack.shell(PAST, subject=key)
    return key


def asked(stack: Stack, number: int) -> PhoneClient:
    """Return the telephone of a citizen who has just asked about the light."""
    phone = PhoneClient(stack.meta_url, f"55319761000{number:02d}", f"Vizinha {number}", timeout=90)
    phone.send_text(WORDS)
    phone.wait_for(lambda message: True)
    return phone


def look(stack: Stack) -> None:
    """Let the scheduled action look now, not within a minute."""
    name = [("name", "=", "alert_alarm_cron_minute")]
    cron = row(admin(stack), "ir.model.data", name, ["res_id"])
    admin(stack).call("ir.cron", "method_direct_trigger", [cron["res_id"]])


def test_raised_heard_and_mended(people: People, stack: Stack, subject: int) -> None:
    """Eight neighbours, a supervisor, and one more neighbour who comes later.

    Of a subject asked about twice in a fortnight, four in a minute are no outbreak yet.
    """
    sofia = people.user("sofia", "/odoo/surtos")
    first = [asked(stack, number) for number in range(1, 9)]
    look(stack)

    # The hand is raised on the screen that the supervisor has open already.
    banner = sofia.get_by_test_id("alert-banner").filter(has_text="8 contatos sobre iluminação")
    expect(banner).to_be_visible()
    banner.get_by_test_id("alert-open").click()
    expect(sofia.locator(".o_form_view svg[role=img]")).to_be_visible()

    # One click: the text is prepared, and who comes from now on hears it.
    sofia.locator("button[name=action_prepare_notice]").click()
    dialog = sofia.locator(".modal")
    text = dialog.locator("[name=text] textarea")
    expect(text).to_be_visible()
    assert "iluminação" in text.input_value()
    dialog.locator("button[name=action_publish]").click()
    expect(dialog).to_have_count(0)
    later = PhoneClient(stack.meta_url, "5531976100099", "Vizinha de depois", timeout=90)
    later.send_text(WORDS)
    later.wait_text("Já sabemos do problema")
    later.choose("Isso me basta")
    later.wait_text("Combinado")

    # Mended: everybody who asked is told, also the one for whom the notice was enough.
    sofia.locator("button[name=action_resolve]").first.click()
    dialog.locator("button[name=action_resolve]").click()
    expect(dialog).to_have_count(0)
    for phone in (*first, later):
        phone.wait_text("Boa notícia", since="start")

    def is_done() -> bool:
        return row(admin(stack), BROADCAST, [], ["state"])["state"] == "done"

    wait_until(is_done, "the sending is finished")
    for phone in (*first, later):
        heard = [one for one in phone.messages() if "Boa notícia" in str(one)]
        assert len(heard) == 1, "once"
    alarm = row(admin(stack), ALARM, [("subject_id", "=", subject)], ["state"])
    assert alarm["state"] == "resolved"
    assert not people.complaints
