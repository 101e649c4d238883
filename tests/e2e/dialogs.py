"""Actions in the dialogs of a conversation, at a desk and on a telephone."""

from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from tests.e2e.desk import admin
from tests.e2e.people import IMAGES
from tests.e2e.screens_look import clear_notices
from tests.e2e.screens_people import PRINTER, Citizen


def snapshot(page: Page, name: str) -> None:
    """Take a picture of the page as it is now."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}-{page.viewport_size['width']}.png")


def taken(stack: Stack, page: Page, wish=PRINTER) -> Citizen:
    """Return a citizen who asked for a person, taken by the person at `page`."""
    citizen = Citizen(stack, wish)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    row = page.locator(f"[data-testid=desk-waiting-row][data-protocol='{citizen.protocol}']")
    row.get_by_test_id("desk-take").click()
    expect(page.get_by_test_id("conversation-transfer")).to_be_visible()
    return citizen


def act(page: Page, key: str) -> Locator:
    """Open the dialog of the open conversation's action; no notice lies above it."""
    clear_notices(page)
    page.get_by_test_id(f"conversation-{key}").click()
    dialog = page.locator(".modal").last
    dialog.wait_for()
    return dialog


def fits(page: Page, dialog: Locator) -> None:
    """Check that the dialog fits the screen and shows no codes."""
    width = page.viewport_size["width"]
    wide = dialog.locator(".modal-content").evaluate(
        "(el) => [...el.querySelectorAll('*')].filter("
        "(one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.className)"
    )
    assert not wide, (width, wide[:5])
    assert "{{" not in dialog.inner_text()
    values = dialog.locator("input, textarea").evaluate_all("(all) => all.map((one) => one.value)")
    assert not [value for value in values if "{" in value]


def is_online(stack: Stack, login: str) -> bool:
    """Return whether the product knows that a demo user is online."""
    found = admin(stack).search_read("res.users", [("login", "=", login)], ["im_status"])
    return found[0]["im_status"] == "online"


def choose_reason(dialog: Locator, words: str) -> None:
    """Say why the conversation is passed on."""
    dialog.locator("[name=reason]").get_by_text(words).click()


def choose_person(stack: Stack, dialog: Locator, login: str, name: str) -> None:
    """Choose who is to go on.

    Where the dialog proposes the queue instead, insist on the person. Whether it does is known once
    the server has answered, and it does not for who is online.
    """
    wait_until(lambda: is_online(stack, login), f"{name} is not seen online")
    choice = dialog.get_by_test_id("choice").locator("label").filter(has_text=name).first
    with dialog.page.expect_response(lambda answer: answer.url.endswith("/onchange")) as answered:
        choice.click()
    answered.value.finished()
    drawn(dialog.page)
    to_them = dialog.locator("[name=instead] input[data-value=agent]")
    if to_them.count():
        to_them.check()


def drawn(page: Page) -> None:
    """Wait until the page has drawn what it knows by now."""
    page.evaluate(
        "() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => "
        "requestAnimationFrame(done))))"
    )


def confirm(dialog: Locator) -> None:
    """Press the dialog's main button and see it go."""
    dialog.locator("footer .btn-primary, .modal-footer .btn-primary").first.click()
    expect(dialog).to_have_count(0)
