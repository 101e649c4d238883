"""A technician's hour at the desk: many conversations, pause, transfer, keyboard."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from sandbox.client import PhoneClient
from tests.e2e import webhooks
from tests.e2e.desk import CONVERSATION, admin, clear_desks, expect_pattern_in_log, row
from tests.e2e.dialogs import choose_person, choose_reason
from tests.e2e.people import People
from tests.e2e.screens_people import PRINTER, Citizen
from tests.e2e.test_story_in_browsers import snapshot

TEN = 10
NAMES = (
    "Abigail Nunes",
    "Benedito Prado",
    "Conceição Reis",
    "Domingos Sales",
    "Efigênia Torres",
    "Firmino Uchoa",
    "Geralda Viana",
    "Honório Xavier",
    "Iolanda Zanini",
    "Jacinto Abreu",
    "Lindalva Brito",
    "Modesto Cunha",
)
"""More than one technician takes in this story; the others keep waiting."""
NEAR_THE_END = NAMES[3]
"""Whose message comes late: the window for free text is nearly over."""


@pytest.fixture
def waiting(stack: Stack, request: pytest.FixtureRequest) -> Iterator[list[PhoneClient]]:
    """Return citizens who wait for a person, by default all twelve.

    As many as the parameter says.

    Their number has no bot meanwhile.
    """
    clear_desks(stack)
    account = row(admin(stack), "whatsapp.account", [], ["flow_id"])
    admin(stack).call("whatsapp.account", "write", [account["id"]], {"flow_id": False})
    phones = []
    for index, name in enumerate(NAMES[: getattr(request, "param", None)]):
        number = f"55319750{index:05}"
        phone = PhoneClient(stack.meta_url, number, name, timeout=90)
        if name == NEAR_THE_END:
            wrote_almost_a_day_ago(stack, number, name)
        else:
            phone.send_text(f"Preciso de ajuda, aqui é {name}")
        # One after the other: the order of the list is the order of arrival
        wait_until(lambda name=name: found(stack, name), f"{name} is not in the queue")
        phones.append(phone)
    flow_id = account["flow_id"][0]
    admin(stack).call("whatsapp.account", "write", [account["id"]], {"flow_id": flow_id})
    yield phones
    clear_desks(stack)


def wrote_almost_a_day_ago(stack: Stack, number: str, name: str) -> None:
    """Deliver a citizen's message twenty minutes before its window closes."""
    at = datetime.now(UTC) - timedelta(hours=23, minutes=40)
    message = webhooks.text(number, "Bom dia", timestamp=str(int(at.timestamp())))
    contact = {"wa_id": number, "profile": {"name": name}}
    value = webhooks.value(contacts=[contact], messages=[message])
    assert webhooks.post(stack, webhooks.encoded(webhooks.envelope(value))) == 200


def found(stack: Stack, name: str) -> list[dict]:
    """Return a citizen's conversation that is open with people, as a list.

    It has at most one.
    """
    domain = [("partner_id.name", "=", name), ("state", "in", ("queued", "in_service"))]
    fields = ["protocol", "state"]
    return admin(stack).search_read(CONVERSATION, domain, fields)


def rows(page: Page, kind: str, name: str = "") -> Locator:
    """Return rows of the side bar, `waiting` or `mine`; of one citizen when named."""
    return page.get_by_test_id(f"desk-{kind}-row").filter(has_text=name)


def press(page: Page, key: str) -> None:
    """Press a shortcut of the desk: Alt+Shift and a letter."""
    page.keyboard.press(f"Alt+Shift+{key}")


def open_mine(page: Page, name: str) -> None:
    """Open a conversation of one's own; shortcuts are about the one that stands there."""
    rows(page, "mine", name).click()
    expect(page.locator(".o-mail-DiscussContent-threadName")).to_have_value(re.compile(name))
    expect(page.get_by_test_id("conversation-transfer")).to_be_visible()


def take_next(page: Page, name: str) -> None:
    """Take who has waited longest, by keyboard, as soon as the desk is ready for it."""
    expect(page.get_by_test_id("desk-next")).to_be_enabled()
    press(page, "n")
    expect(page.locator(".o-mail-DiscussContent-threadName")).to_have_value(re.compile(name))
    # The actions, and with them their keys, come a moment after the name
    expect(page.get_by_test_id("conversation-transfer")).to_be_visible()


def take_ten(page: Page) -> None:
    """Take and open the next one by keyboard, ten times."""
    for name in NAMES[:TEN]:
        take_next(page, name)
        expect(rows(page, "mine", name)).to_be_visible()
    expect(page.get_by_test_id("desk-mine-count")).to_have_text(str(TEN))


def answer(page: Page, text: str) -> None:
    """Write to the citizen whose conversation is open."""
    composer = page.locator(".o-mail-Composer-input").first
    composer.fill(text)
    composer.press("Enter")
    expect(page.locator(".o-mail-Thread")).to_contain_text(text)


def transfer_to_pedro(page: Page, stack: Stack) -> None:
    """Pass the open conversation on, by keyboard and the dialog."""
    press(page, "t")
    dialog = page.locator(".modal")
    dialog.get_by_label("Atendente", exact=True).check()
    choose_person(stack, dialog, "pedro", "Pedro")
    choose_reason(dialog, "Outro motivo")
    dialog.locator("button[name=action_transfer]").click()
    expect(dialog).to_have_count(0)


def pause_and_come_back(page: Page) -> None:
    """Check that a pausing agent can take nobody, and is told so with the way back."""
    press(page, "p")
    page.get_by_test_id("agent-state-choice").filter(has_text="Lanche").click()
    expect(page.get_by_test_id("agent-state")).to_contain_text("Lanche")
    before = rows(page, "waiting").count()
    press(page, "n")
    refusal = page.locator(".o_notification").filter(has_text="pausa")
    expect(refusal).to_contain_text("Lanche")
    expect(rows(page, "waiting")).to_have_count(before)
    refusal.get_by_role("button", name="Encerrar a pausa e atender").click()
    expect(rows(page, "waiting")).to_have_count(before - 1)
    expect(page.get_by_test_id("agent-state")).to_contain_text("Em atendimento")


def countdown(page: Page) -> None:
    """Check the window in header and list: open, or near its end and running."""
    left = page.get_by_test_id("conversation-window")
    rows(page, "mine", NAMES[2]).click()
    expect(left).to_have_attribute("data-state", "open")
    expect(rows(page, "mine", NEAR_THE_END).get_by_test_id("desk-window")).to_contain_text("fecha")
    rows(page, "mine", NEAR_THE_END).click()
    expect(left).to_have_attribute("data-state", "near")
    shown = left.inner_text()
    assert re.fullmatch(r"\s*1\d:\d\d\s*", shown), shown
    expect(left).not_to_have_text(shown, timeout=5_000)


def close_by_keyboard(page: Page) -> None:
    """Close by keyboard: the disposition by its name, and the dialog's own shortcut."""
    press(page, "e")
    dialog = page.locator(".modal")
    field = dialog.locator("[name=disposition_id] input")
    expect(field).to_be_focused()
    field.press_sequentially("Impre")
    option = page.locator(".o-autocomplete--dropdown-item").filter(has_text="Impressora")
    expect(option.first).to_be_visible()
    page.keyboard.press("Enter")
    expect(field).to_have_value(re.compile("Impressora"))
    page.keyboard.press("Alt+q")
    expect(dialog).to_have_count(0)


def test_ten_conversations(people: People, stack: Stack, waiting: list[PhoneClient]) -> None:
    """Ten at once on one desk: live lists, countdown, pause, transfers and closing by keyboard."""
    joana, pedro = people.agent("joana"), people.agent("pedro")
    for name in NAMES[-2:]:
        expect(rows(pedro, "waiting", name)).to_be_visible()
    take_ten(joana)
    for name in NAMES[:TEN]:
        expect(rows(pedro, "waiting", name)).to_have_count(0)

    # The newest answer is on top, with its first words and the count, whatever is open
    waiting[2].send_text("A impressora voltou a mostrar papel atolado")
    expect(rows(joana, "mine").first).to_contain_text(NAMES[2])
    expect(rows(joana, "mine").first).to_contain_text("papel atolado")
    expect(rows(joana, "mine", NAMES[2]).get_by_test_id("desk-unread")).to_be_visible()
    press(joana, "l")
    # Odoo presses the button behind a shortcut a moment after the key
    expect(joana.locator(".o-contact-center-DeskRow-open:focus")).to_have_count(1)
    joana.keyboard.press("ArrowDown")
    assert joana.evaluate("document.activeElement.className").count("DeskRow-open")
    snapshot(joana, "ten-conversations")

    countdown(joana)
    refusal = r"WARNING odoo\.http: Você está em pausa \(Lanche\): .*"
    expect_pattern_in_log(stack, "A test lets somebody take while pausing", refusal)
    pause_and_come_back(joana)

    open_mine(joana, NAMES[0])
    transfer_to_pedro(joana, stack)
    expect(rows(joana, "mine", NAMES[0])).to_have_count(0)
    expect(rows(pedro, "mine", NAMES[0])).to_be_visible()

    open_mine(joana, NAMES[1])
    close_by_keyboard(joana)
    expect(rows(joana, "mine", NAMES[1])).to_have_count(0)


def test_back_to_the_flow(people: People, stack: Stack) -> None:
    """A conversation goes back to the bot, at the step that the agent chooses."""
    citizen = Citizen(stack, PRINTER)
    citizen.open_ticket()
    citizen.ask_for_a_person()
    joana = people.agent("joana")
    rows(joana, "waiting", PRINTER.name).first.get_by_test_id("desk-take").click()
    expect(joana.get_by_test_id("conversation-transfer")).to_be_visible()
    press(joana, "t")
    dialog = joana.locator(".modal")
    dialog.get_by_label("Assistente virtual", exact=True).check()
    dialog.get_by_test_id("choice").locator("label").filter(has_text="e-mail").first.click()
    choose_reason(dialog, "Outro motivo")
    dialog.locator("button[name=action_transfer]").click()
    expect(dialog).to_have_count(0)
    expect(rows(joana, "mine", PRINTER.name)).to_have_count(0)
    citizen.phone.wait_text("e-mail")


@pytest.mark.parametrize("waiting", [1], indirect=True)
def test_who_lost_it_hears_no_more(people: People, waiting: list[PhoneClient]) -> None:
    """Two agents see a waiting citizen; one takes it: the other reads nothing more."""
    joana, pedro = people.agent("joana"), people.agent("pedro")
    for page in (joana, pedro):
        rows(page, "waiting", NAMES[0]).locator("button").first.click()
        expect(page.locator(".o-mail-Thread")).to_contain_text(f"aqui é {NAMES[0]}")
    expect(joana.get_by_test_id("conversation-take")).to_be_visible()
    press(joana, "a")
    expect(joana.get_by_test_id("conversation-close")).to_be_visible()
    expect(pedro.get_by_test_id("conversation-agent")).to_contain_text("Joana")
    expect(pedro.locator(".o-mail-Composer-input")).to_have_count(0)
    waiting[0].send_text("o código do patrimônio é jabuticaba")
    expect(joana.locator(".o-mail-Thread")).to_contain_text("jabuticaba")
    answer(joana, "Anotado: jabuticaba em estoque")
    waiting[0].wait_text("em estoque")
    assert "jabuticaba" not in pedro.content()


@pytest.mark.parametrize("waiting", [1], indirect=True)
def test_telephone_sized(people: People, waiting: list[PhoneClient]) -> None:
    """On a telephone: lists, thread and actions, each big enough for a thumb."""
    joana = people.agent("joana", width=390, height=844)
    rows(joana, "waiting", NAMES[0]).get_by_test_id("desk-take").click()
    bar = joana.get_by_test_id("conversation-bar")
    expect(bar).to_be_visible()
    for key in ("transfer", "close"):
        box = joana.get_by_test_id(f"conversation-{key}").bounding_box()
        assert box["height"] >= 44, key
    answer(joana, "Bom dia, em que posso ajudar?")
    waiting[0].wait_text("em que posso ajudar")
    assert joana.evaluate("document.documentElement.scrollWidth") <= 390


def kept_messages(page: Page) -> int:
    """Return messages that the browser holds though they are no longer on the screen.

    The prototypes of elements are among what the browser finds, and have none of their values.
    """
    devtools = page.context.new_cdp_session(page)
    prototype = devtools.send("Runtime.evaluate", {"expression": "HTMLElement.prototype"})
    # it collects garbage first
    found = devtools.send(
        "Runtime.queryObjects", {"prototypeObjectId": prototype["result"]["objectId"]}
    )
    script = """function () {
        const isElement = (one) => Object.getPrototypeOf(one).constructor !== HTMLElement;
        const all = this.filter((one) => isElement(one) && !Object.hasOwn(one, "constructor"));
        return all.filter((one) => !one.isConnected && one.matches(".o-mail-Message")).length;
    }"""
    arguments = {"objectId": found["objects"]["objectId"], "returnByValue": True}
    counted = devtools.send("Runtime.callFunctionOn", {"functionDeclaration": script, **arguments})
    devtools.detach()
    return counted["result"]["value"]


@pytest.mark.parametrize("waiting", [2], indirect=True)
def test_a_conversation_that_was_left_is_forgotten(
    people: People, waiting: list[PhoneClient]
) -> None:
    """Somebody who goes from one conversation to another all day need not reload the page."""
    joana = people.agent("joana")
    both = NAMES[:2]
    for name in both:
        take_next(joana, name)
        answer(joana, "Bom dia, um momento por favor")
    for name in both * 5:
        open_mine(joana, name)
    # those of the conversation that was left last, perhaps; without care those of all ten
    assert kept_messages(joana) <= 3 * joana.locator(".o-mail-Message").count()


def test_patches_of_discuss_fit_or_are_left_out_with_words(people: People) -> None:
    """This Odoo's Discuss is as expected; another one is left alone, with a word in the console."""
    joana = people.agent("joana")
    said: list[str] = []
    joana.on("console", lambda line: said.append(line.text))
    joana.reload()
    expect(joana.get_by_test_id("desk-colleagues-toggle")).to_be_visible()
    assert not [line for line in said if "Contact center:" in line]
    applied = joana.evaluate(
        """() => {
            const { takes, patchIfAsExpected } = odoo.loader.modules.get(
                "@contact_center/desk/version_guard"
            );
            const target = { told(one, two) {} };
            const piece = { loss: "Discuss keeps things", page: "docs/x.md" };
            return [
                patchIfAsExpected(() => (target.patched = true), {
                    ...piece,
                    expects: { "told(one)": takes(target, "told", 1), gone: takes(target, "x", 0) },
                }),
                Boolean(target.patched),
                patchIfAsExpected(() => (target.patched = true), {
                    ...piece,
                    expects: { "told(one, two)": takes(target, "told", 2) },
                }),
                target.patched,
            ];
        }"""
    )
    assert applied == [False, False, True, True]
    (words,) = [line for line in said if "Contact center:" in line]
    assert "Discuss keeps things" in words and "docs/x.md" in words
    assert "told(one); gone" in words and "two" not in words


def kept_rows(page: Page) -> set[str]:
    """Return states of the conversations that this page's desk holds, shown or not."""
    script = """() => Object.values(
        odoo.__WOWL_DEBUG__.root.env.services["contact_center.desk"].rows
    ).map((row) => row.partner + ": " + row.state)"""
    return set(page.evaluate(script))


@pytest.mark.parametrize("waiting", [2], indirect=True)
def test_what_ended_leaves_the_supervisors_lists(
    people: People, waiting: list[PhoneClient]
) -> None:
    """A desk that is open all day holds no more than the work that there is."""
    joana, sofia = people.agent("joana"), people.agent("sofia")
    expect(rows(sofia, "waiting", NAMES[1])).to_be_visible()
    take_next(joana, NAMES[0])
    held = {f"{NAMES[0]}: in_service", f"{NAMES[1]}: queued"}
    wait_until(lambda: kept_rows(sofia) == held, "the supervisor does not see the service")
    close_by_keyboard(joana)
    expect(rows(joana, "mine", NAMES[0])).to_have_count(0)
    held = {f"{NAMES[1]}: queued"}
    wait_until(lambda: kept_rows(sofia) == held, "the supervisor's desk keeps what ended")
    wait_until(lambda: kept_rows(joana) == held, "the technician's desk keeps what ended")


@pytest.mark.parametrize("waiting", [1], indirect=True)
def test_a_long_conversation_opens_with_its_end(people: People, waiting: list[PhoneClient]) -> None:
    """Of many messages the newest are drawn; scrolling up brings the others back."""
    joana = people.agent("joana")
    take_next(joana, NAMES[0])
    asked = []
    for number in range(20):
        asked.append(waiting[0].send_text(f"Pergunta {number}"))
        answer(joana, f"Resposta {number}")
    waiting[0].send_text("Sobre a terceira", quoted=asked[2])
    expect(joana.locator(".o-mail-Thread")).to_contain_text("Sobre a terceira")
    messages = joana.locator(".o-mail-Message")
    number = messages.count()
    assert number > 40
    joana.get_by_test_id("desk-colleagues-toggle").click()
    joana.get_by_test_id("desk-colleague").first.click()
    expect(joana.get_by_test_id("conversation-transfer")).to_have_count(0)
    open_mine(joana, NAMES[0])
    expect(joana.locator(".o-mail-Thread")).to_contain_text("Resposta 19")
    expect(messages).to_have_count(30)
    expect(messages.last).to_contain_text("Pergunta 2")
    messages.first.scroll_into_view_if_needed()
    expect(joana.locator(".o-mail-Thread")).to_contain_text(f"aqui é {NAMES[0]}")
    expect(messages).to_have_count(number)
