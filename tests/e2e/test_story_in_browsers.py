"""The main job by real clicks: a citizen's telephone, two technicians' desks."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from devtools.story import (
    CATEGORY,
    DESCRIPTION,
    DOCUMENT,
    EMAIL,
    LOCATION,
    NAME,
    PHOTO,
    PROTOCOL,
    TICKET,
    VIDEO,
    VOICE,
    wait_until,
)
from tests.e2e.people import IMAGES, People
from tests.e2e.phone_page import PhonePage

ANSWER = "Bom dia, Maria! Já estou verificando a impressora."


def snapshot(page: Page, name: str) -> None:
    """Take a picture of the page for the documentation."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png")


def waiting_row(page: Page, protocol: str):
    """Return the row of a conversation among those waiting."""
    return page.locator(f"[data-testid=desk-waiting-row][data-protocol='{protocol}']")


def own_row(page: Page, protocol: str):
    """Return the row of a conversation among those the technician serves."""
    return page.locator(f"[data-testid=desk-mine-row][data-protocol='{protocol}']")


def open_ticket(phone: PhonePage) -> str:
    """Talk to the bot until the ticket is open; returns the protocol."""
    phone.write("oi")
    phone.expect_text("qual é o seu nome")
    protocol = phone.protocol()
    phone.write(NAME)
    phone.expect_text("Qual é o seu e-mail")
    phone.write("isto não é um e-mail")
    phone.expect_text("e-mail")
    phone.write(EMAIL)
    phone.expect_text(EMAIL)
    phone.expect_text("Sobre o que é")
    phone.choose_row(CATEGORY)
    phone.expect_text("Em qual local")
    phone.choose_row(LOCATION)
    phone.expect_text("o que está acontecendo")
    phone.write(DESCRIPTION)
    phone.expect_text("envie uma foto")
    phone.attach("image", "impressora.png", "image/png", PHOTO)
    phone.expect_text("toque em Pronto")
    phone.press("Pronto")
    phone.expect_text("Confira os seus dados")
    phone.press(re.compile("Confirmar|Sim"))
    phone.expect_text(TICKET)
    return protocol


def take_at_once(pages: list[Page], protocol: str) -> tuple[Page, Page]:
    """Let both agents click "take" at the same moment.

    :return: (winner, loser); the loser is told so
    """
    buttons = [waiting_row(page, protocol).get_by_test_id("desk-take") for page in pages]
    for button in buttons:
        expect(button).to_be_visible()
    handles = [button.element_handle() for button in buttons]
    for page, handle in zip(pages, handles, strict=True):
        page.evaluate("button => setTimeout(() => button.click(), 300)", handle)
    for page in pages:
        expect(waiting_row(page, protocol)).to_have_count(0)
    refusal = re.compile("já está atendendo|não está mais")
    wait_until(
        lambda: any(page.get_by_text(refusal).count() for page in pages),
        "nobody is told that the other one was quicker",
    )
    loser = next(page for page in pages if page.get_by_text(refusal).count())
    (winner,) = [page for page in pages if page is not loser]
    expect(own_row(winner, protocol)).to_be_visible()
    expect(winner.get_by_text(refusal)).to_have_count(0)
    expect(own_row(loser, protocol)).to_have_count(0)
    return winner, loser


def answer(page: Page, phone: PhonePage, folder: Path) -> None:
    """Send the agent's text and picture, which reach the telephone; the ticks follow."""
    composer = page.locator(".o-mail-Composer-input").first
    composer.fill(ANSWER)
    composer.press("Enter")
    phone.expect_text(ANSWER)
    picture = folder / "manual.png"
    picture.write_bytes(PHOTO)
    page.locator(".o-mail-Composer input[type=file]").first.set_input_files(picture)
    expect(page.locator(".o-mail-Composer .o-mail-AttachmentList").first).to_be_visible()
    expect(page.locator(".o-mail-Composer .o-isUploading")).to_have_count(0)
    composer.press("Enter")
    expect(phone.incoming.locator("img").last).to_be_visible()
    ticks = page.get_by_test_id("delivery-tick")
    expect(ticks.last).to_have_attribute("data-state", "read")


def citizen_sends_media(page: Page, phone: PhonePage) -> None:
    """Send the citizen's voice message, video, document and picture, shown in Discuss."""
    phone.attach("audio", "voz.ogg", "audio/ogg", VOICE)
    phone.attach("video", "video.mp4", "video/mp4", VIDEO)
    phone.attach("document", "oficio.pdf", "application/pdf", DOCUMENT)
    thread = page.locator(".o-mail-Thread")
    expect(thread.locator(".o-mail-VoicePlayer, audio").first).to_be_visible()
    expect(thread.get_by_text("oficio").first).to_be_visible()
    expect(thread.get_by_text(re.compile("video.*mp4")).first).to_be_visible()


def close(page: Page, phone: PhonePage) -> None:
    """Close as the agent, with a disposition; rate the service as the citizen."""
    page.get_by_test_id("conversation-close").click()
    dialog = page.locator(".modal")
    field = dialog.locator("[name=disposition_id] input")
    field.click()
    page.locator(".o-autocomplete--dropdown-item").filter(has_text="Impressora").first.click()
    dialog.locator("button[name=action_close]").click()
    expect(dialog).to_have_count(0)
    phone.expect_text("avalia")
    phone.choose_row("Ótimo")
    phone.expect_text(re.compile("[Oo]brigad"))


def test_story(people: People, tmp_path: Path) -> None:
    """Steps 2 to 5 of the main job, with two technicians logged in at the same time."""
    desks = [people.agent("joana"), people.agent("pedro")]
    phone = PhonePage(people.citizen("5531988887777", "Maria"))
    protocol = open_ticket(phone)
    snapshot(phone.page, "phone")

    phone.choose_row("Falar com um atendente")
    for desk in desks:
        expect(waiting_row(desk, protocol)).to_be_visible()
    snapshot(desks[0], "waiting-list")

    winner, _loser = take_at_once(desks, protocol)
    panel = winner.get_by_test_id("conversation-collected")
    for value in (NAME, EMAIL, CATEGORY, LOCATION, DESCRIPTION):
        expect(panel).to_contain_text(value)

    answer(winner, phone, tmp_path)
    snapshot(winner, "conversation")
    citizen_sends_media(winner, phone)
    snapshot(winner, "conversation-media")
    close(winner, phone)
    expect(own_row(winner, protocol)).to_have_count(0)

    phone.write("Bom dia de novo")
    newest = phone.incoming.filter(has_text=PROTOCOL).last
    expect(newest).not_to_contain_text(protocol)
