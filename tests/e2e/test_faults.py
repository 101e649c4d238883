"""The main job while GLPI or Meta misbehaves: nothing is lost or comes twice."""

from collections.abc import Callable

import pytest

from devtools.demo import STORIES
from devtools.servers import Stack
from devtools.story import EMAIL, NAME, Story, wait_until
from sandbox import defaults
from sandbox.client import PhoneClient
from tests.e2e.desk import ACCOUNT, MESSAGE, admin, expect_in_log, person, row

OUTBOX = [("direction", "=", "out"), ("merged_into_id", "=", False)]
pytestmark = pytest.mark.usefixtures("well_behaved")
FAULTS = [fault for fault in STORIES if fault != "none"]


@pytest.mark.parametrize("fault", FAULTS)
def test_story_survives(stack: Stack, fault: str) -> None:
    story = STORIES[fault](stack, f"553197000{FAULTS.index(fault):04}")
    for step in story.steps():
        step()


class AnswerLost(Story):
    """GLPI opens the ticket, but the line breaks before it says so."""

    def confirmation(self) -> dict:
        """Switch the fault on when the ticket is about to be opened."""
        self.glpi("PUT", "/control/faults", {"lose_answer_after_create": 1})
        return super().confirmation()

    def steps(self) -> list[Callable[[], dict]]:
        """Return the steps up to the ticket."""
        return [
            self.greeting,
            self.identification,
            self.description,
            self.confirmation,
            lambda: self.ticket(120),
        ]


def test_lost_answer_of_glpi_makes_no_second_ticket(stack: Stack) -> None:
    story = AnswerLost(stack, "5531970010000")
    for step in story.steps():
        step()
    ticket = row(
        admin(stack),
        "glpi.ticket",
        [("conversation_id.protocol", "=", story.protocol)],
        ["state", "glpi_id", "tries", "error"],
    )
    assert (ticket["state"], ticket["glpi_id"]) == ("open", story.ticket_id)
    assert len(story.glpi_tickets()) == 1
    created = [
        call
        for call in story.glpi("GET", "/control/log")
        if call["method"] == "POST" and call["path"].endswith("/Ticket") and call["status"] is None
    ]
    assert created, "the answer was not lost: the test proved nothing"


def test_expired_token_pauses_the_number_and_loses_nothing(stack: Stack) -> None:
    story = Story(stack, "5531970020000")
    story.greeting()
    before = len(story.phone.received())
    story.meta.faults(token_expired=True)
    adriana = person(stack, "adriana")
    account_id = row(
        adriana, ACCOUNT, [("phone_number_id", "=", defaults.PHONE_NUMBER_ID)], ["name"]
    )["id"]
    expect_in_log(
        stack,
        "A test lets the access token expire",
        f"WARNING odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health: "
        f"WhatsApp account {account_id} is paused: error 190",
    )

    def account() -> dict:
        fields = ["state", "state_reason", "waiting_message_count"]
        return row(adriana, ACCOUNT, [("id", "=", account_id)], fields)

    for text in (NAME, "isto não é um e-mail", EMAIL):
        story.phone.send_text(text)
    other = PhoneClient(stack.meta_url, "5531970020001", "José", timeout=90)
    other.send_text("oi")
    wait_until(lambda: account()["waiting_message_count"] >= 4, "the answers do not wait", 45)
    # José's too, or his would be written while sending resumes, and go out a minute later.
    his = [*OUTBOX, ("conversation_id.partner_id.name", "=", "José"), ("state", "=", "queued")]
    wait_until(
        lambda: admin(stack).call(MESSAGE, "search_count", his),
        "the answer to José does not wait",
        45,
    )
    paused = account()
    assert paused["state"] == "paused"
    assert "token" in paused["state_reason"]
    assert "Meta" in paused["state_reason"]
    assert len(story.phone.received()) == before

    story.meta.faults()
    adriana.call(ACCOUNT, "action_resume", [account_id])
    story.phone.wait_text(EMAIL)
    other.wait_text("nome")
    assert (account()["state"], account()["state_reason"]) == ("ok", False)
    domain = [*OUTBOX, ("conversation_id.protocol", "=", story.protocol)]
    wait_until(
        lambda: (
            not admin(stack).call(
                MESSAGE,
                "search_count",
                [*domain, ("state", "in", ("queued", "sending", "unknown"))],
            )
        ),
        "not everything that waited went out",
    )
    said = admin(stack).search_read(MESSAGE, domain, ["opaque", "state"], order="id")
    on_telephone = [one["payload"]["biz_opaque_callback_data"] for one in story.phone.received()]
    assert on_telephone == [message["opaque"] for message in said]
    assert not [message for message in said if message["state"] == "failed"]
