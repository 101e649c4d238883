"""Two technicians, a supervisor, an administrator: watch, whisper, take over."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import Story, wait_until
from tests.e2e.desk import CONVERSATION, admin, person
from tests.e2e.people import People
from tests.e2e.test_story_in_browsers import own_row, snapshot, waiting_row

SECRET = "jabuticaba"
"""A word of every internal note: it must never reach the citizen's telephone."""
REASON = f"Caso urgente da Saúde, {SECRET}"


@pytest.fixture(scope="module")
def story(stack: Stack) -> Story:
    """Return a citizen who waits for a person."""
    story = Story(stack, "5531974000088")
    for step in (story.greeting, story.identification, story.description, story.confirmation):
        step()
    story.ticket()
    story.hand_over()
    return story


def composer(page: Page) -> Locator:
    """Return the composer of the person at ``page``."""
    return page.locator(".o-mail-Composer-input").first


def write(page: Page, text: str) -> None:
    """Type ``text`` and send it."""
    composer(page).fill(text)
    composer(page).press("Enter")


def thread(page: Page) -> Locator:
    """Return the messages that the person at ``page`` sees."""
    return page.locator(".o-mail-Thread")


def attention(page: Page, kind: str) -> Locator:
    """Return the notification of a call for attention."""
    return page.locator(f".o-contact-center-Attention.o-kind-{kind}")


def on_telephone(story: Story) -> str:
    """Return everything that the citizen's telephone ever received."""
    return json.dumps(story.phone.messages(), ensure_ascii=False)


def open_team(page: Page, stack: Stack) -> None:
    """Open the live view of the team."""
    page.goto(f"{stack.odoo_url}/odoo/equipe")
    page.wait_for_selector("[data-testid=team]")


def watch(page: Page, story: Story) -> None:
    """Open joana's conversation from the team's view: live, without joining."""
    row = page.locator("[data-testid=team-agent][data-agent^='Joana']")
    expect(row.get_by_test_id("team-state")).to_have_text("Em atendimento")
    snapshot(page, "team")
    row.locator(f"[data-protocol='{story.protocol}']").click()
    page.get_by_test_id("reason-confirm").click()
    page.get_by_test_id("watch-open").click()
    expect(page.get_by_test_id("conversation-protocol")).to_have_text(story.protocol)
    members = admin(story.stack).call(
        "discuss.channel.member",
        "search_count",
        [
            ("channel_id", "=", story.conversation["channel_id"]),
            ("partner_id.name", "ilike", "sofia"),
        ],
    )
    assert not members, "watching is no joining"


def take_over(page: Page, story: Story) -> None:
    """Let the administrator continue the service, giving the reason."""
    person(story.stack, "adriana")
    page.goto(
        f"{story.stack.odoo_url}/odoo/discuss"
        f"?active_id=discuss.channel_{story.conversation['channel_id']}"
    )
    page.get_by_test_id("conversation-take_over").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=reason] input").fill(REASON)
    dialog.locator("button[name=action_take_over]").click()
    expect(dialog).to_have_count(0)


def test_supervision(people: People, stack: Stack, story: Story) -> None:
    """Four people at four desks and one citizen."""
    joana, pedro, sofia, adriana = (
        people.agent(login) for login in ("joana", "pedro", "sofia", "adriana")
    )
    waiting_row(joana, story.protocol).get_by_test_id("desk-take").click()
    expect(own_row(joana, story.protocol)).to_be_visible()

    open_team(sofia, stack)
    watch(sofia, story)
    story.phone.send_text("Alguém aí?")
    expect(thread(sofia).get_by_text("Alguém aí?")).to_be_visible()

    # The supervisor can only whisper; the agent is called, the citizen hears nothing.
    expect(sofia.get_by_test_id("composer-reply")).to_have_count(0)
    write(sofia, f"Ofereça uma visita técnica, {SECRET}")
    whisper = attention(joana, "whisper")
    expect(whisper).to_contain_text("visita técnica")
    expect(thread(joana).get_by_test_id("note-badge").first).to_be_visible()
    snapshot(joana, "whisper")
    whisper.locator(".o_notification_close").click()

    # The agent's own note, by the keyboard, and then an answer.
    composer(joana).focus()
    joana.keyboard.press("Alt+Shift+I")
    expect(joana.locator(".o-contact-center-noteMode")).to_be_visible()
    composer(joana).fill(f"Vou propor quinta-feira, {SECRET}")
    snapshot(joana, "internal-note")
    composer(joana).press("Enter")
    expect(thread(sofia).get_by_text("quinta-feira")).to_be_visible()
    joana.get_by_test_id("composer-reply").click()
    expect(joana.locator(".o-contact-center-noteMode")).to_have_count(0)
    write(joana, "Podemos visitar na quinta?")
    story.phone.wait_text("quinta?", since="start")

    # A notice to everybody stands until it is confirmed.
    open_team(sofia, stack)
    sofia.get_by_test_id("team-announce").click()
    sofia.locator(".modal [name=body] textarea").fill("Reunião às 15h na sala 2")
    sofia.locator(".modal button.o_form_button_save, .modal footer .btn-primary").first.click()
    expect(sofia.locator(".modal")).to_have_count(0)
    for desk in (joana, pedro):
        expect(desk.get_by_test_id("notice-banner")).to_contain_text("Reunião às 15h")
    snapshot(pedro, "notice-banner")
    joana.get_by_test_id("notice-read").click()
    expect(joana.get_by_test_id("notice-banner")).to_have_count(0)
    expect(pedro.get_by_test_id("notice-banner")).to_be_visible()

    # Taking over is announced on both screens.
    take_over(adriana, story)
    expect(attention(joana, "taken_over")).to_contain_text(REASON)
    expect(attention(joana, "taken_over")).to_contain_text("Adriana")
    expect(own_row(joana, story.protocol)).to_have_count(0)
    snapshot(joana, "taken-over")
    expect(thread(adriana).get_by_text(re.compile("assumiu este atendimento"))).to_be_visible()
    expect(own_row(adriana, story.protocol)).to_be_visible()
    write(adriana, "Agora é com a Adriana.")
    story.phone.wait_text("Agora é com a Adriana", since="start")
    row = sofia.locator("[data-testid=team-agent][data-agent^='Adriana']")
    expect(row.locator(f"[data-protocol='{story.protocol}']")).to_be_visible()

    assert SECRET not in on_telephone(story)
    kinds = wait_until(
        lambda: [
            event["kind"]
            for event in admin(stack).search_read(
                "contact_center.event",
                [("conversation_id", "=", story.conversation["id"])],
                ["kind"],
            )
        ],
        "the conversation has no events",
    )
    assert {"note", "taken_over"} <= set(kinds)
    transcript = admin(stack).call(
        CONVERSATION, "read", [story.conversation["id"]], ["transcript"]
    )[0]["transcript"]
    assert "Agora é com a Adriana" in transcript
    assert SECRET not in transcript
