"""A technician's whole shift: what is written for a citizen reaches nobody else."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from sandbox.client import PhoneClient
from tests.e2e.desk import CONVERSATION, admin, person, row
from tests.e2e.dialogs import choose_person, choose_reason
from tests.e2e.people import People
from tests.e2e.screens_walk import open_app, open_menu, picture, settle
from tests.e2e.test_desk import NAMES, answer, rows, waiting

SIZES = {"desktop": {"width": 1366, "height": 768}, "telephone": {"width": 390, "height": 844}}
BLIND = "jenipapo"
"""A word that Joana types without looking where: it must reach no foreign channel."""
HOMES = {
    "joana": "[data-testid=desk-rest]",
    "sofia": "[data-testid=team]",
    "adriana": "[data-testid=health-page]",
    "marcos": ".o_graph_view",
    "beatriz": ".o_list_view",
}

__all__ = ["waiting"]


def rest(page: Page) -> Locator:
    """Return the desk between two conversations."""
    return page.get_by_test_id("desk-rest")


def served(page: Page, name: str) -> None:
    """Check that this citizen's conversation is open, and Joana may write in it."""
    expect(page.get_by_test_id("conversation-transfer")).to_be_visible()
    expect(page.locator(".o-mail-Thread")).to_contain_text(name)


def type_blindly(page: Page) -> None:
    """Type like somebody who has not noticed that the screen changed."""
    page.keyboard.type(f"{BLIND} ", delay=10)
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)


def own_place(page: Page, stack: Stack) -> None:
    """Check that the desk shows its own only, and no other channel got Joana's words."""
    expect(page.get_by_test_id("desk-place")).to_be_attached()
    foreign = page.locator(
        ".o-mail-DiscussSidebarChannel, .o-mail-Mailbox, .o-mail-ChatBubble, .o-mail-DiscussSearch"
    )
    expect(foreign).to_have_count(0)
    joana = row(admin(stack), "res.users", [("login", "=", "joana")], ["partner_id"])
    others = admin(stack).search_read(
        "discuss.channel", [("contact_center_conversation_id", "=", False)], ["id"]
    )
    said = admin(stack).search_read(
        "mail.message",
        [
            ("model", "=", "discuss.channel"),
            ("res_id", "in", [channel["id"] for channel in others]),
            ("author_id", "=", joana["partner_id"][0]),
            ("body", "ilike", BLIND),
        ],
        ["body"],
    )
    assert not said


def mention_sofia(page: Page, stack: Stack) -> None:
    """Mention a colleague in a note; only colleagues are offered.

    Neither OdooBot, nor oneself, nor a citizen.
    """
    page.get_by_test_id("composer-note").click()
    composer = page.locator(".o-mail-Composer-input").first
    composer.press_sequentially("@")
    offered = page.locator(".o-mail-Composer-suggestion")
    expect(offered.filter(has_text="Sofia")).to_be_visible()
    for name in ("OdooBot", "Joana", NAMES[0]):
        expect(offered.filter(has_text=name)).to_have_count(0)
    composer.press_sequentially("Sof")
    expect(offered).to_have_count(1)
    offered.click()
    # The name stands in the field one frame later; a key before that would overwrite it
    expect(composer).to_have_value(re.compile("^@Sofia"))
    composer.press_sequentially(" pode me ajudar?")
    composer.press("Enter")
    expect(page.locator(".o-mail-Thread")).to_contain_text("pode me ajudar?")
    sofia = row(admin(stack), "res.users", [("login", "=", "sofia")], ["partner_id"])
    asked = [("body", "ilike", "pode me ajudar"), ("res_id", "=", channel_of(stack, NAMES[0]))]
    (note,) = wait_until(
        lambda: admin(stack).search_read("mail.message", asked, ["body", "partner_ids"]),
        "the note was not written",
    )
    assert note["partner_ids"] == [sofia["partner_id"][0]], note["body"]
    page.get_by_test_id("composer-reply").click()


def close(page: Page) -> None:
    """End the open conversation by its button and the dialog."""
    page.get_by_test_id("conversation-close").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=disposition_id] input").click()
    # On a telephone the choices are a dialog of their own
    choices = page.locator(
        ".o-autocomplete--dropdown-item, .modal .o_data_row, .modal .o_kanban_record"
    )
    choices.filter(has_text="Impressora").first.click()
    dialog.locator("button[name=action_close]").click()
    expect(dialog).to_have_count(0)


def pass_on(page: Page, stack: Stack) -> None:
    """Transfer the open conversation to Pedro, by its button and the dialog."""
    page.get_by_test_id("conversation-transfer").click()
    dialog = page.locator(".modal")
    dialog.get_by_role("radio", name="Atendente", exact=True).check()
    choose_person(stack, dialog, "pedro", "Pedro")
    choose_reason(dialog, "Outro motivo")
    dialog.locator("button[name=action_transfer]").click()
    expect(dialog).to_have_count(0)


def take_over(stack: Stack, name: str) -> None:
    """Let Sofia take over a citizen of Joana's."""
    sofia = person(stack, "sofia")
    conversation = row(
        sofia, CONVERSATION, [("partner_id.name", "=", name), ("state", "=", "in_service")], ["id"]
    )
    sofia.call(CONVERSATION, "action_take_over", [conversation["id"]], reason="Caso urgente")


def everybody(stack: Stack) -> int:
    """Return the id of the channel of all employees, under any name."""
    named = [("module", "=", "mail"), ("name", "=", "channel_all_employees")]
    return row(admin(stack), "ir.model.data", named, ["res_id"])["res_id"]


def close_notices(page: Page) -> None:
    """Close earlier stories' notices to Joana: a telephone has them over the buttons."""
    page.locator(".o_notification_close").evaluate_all("all => all.forEach(one => one.click())")
    expect(page.locator(".o_notification")).to_have_count(0)


def channel_of(stack: Stack, name: str) -> int:
    """Return the id of the channel of a citizen's newest conversation."""
    found_ones = admin(stack).search_read(
        CONVERSATION, [("partner_id.name", "=", name)], ["discuss_channel_id"]
    )
    return max(one["discuss_channel_id"][0] for one in found_ones)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("waiting", [4], indirect=True)
def test_a_shift(people: People, stack: Stack, waiting: list[PhoneClient], size: str) -> None:
    """Take, answer, mention, transfer, close, lose one, nobody waits: always at the desk."""
    is_small = size == "telephone"
    people.agent("pedro")
    page = people.user("joana", **SIZES[size])
    expect(rest(page).get_by_test_id("desk-rest-count")).to_have_text("4 pessoas aguardando")
    own_place(page, stack)
    picture(page, f"shift-begin-{size}")

    close_notices(page)
    rest(page).get_by_test_id("desk-rest-next").click()
    served(page, NAMES[0])
    answer(page, "Bom dia! Vou verificar.")
    waiting[0].wait_text("Vou verificar", since="start")
    picture(page, f"shift-served-{size}")
    mention_sofia(page, stack)
    own_place(page, stack)

    # After passing on: nobody of mine is left, the next one is under the finger
    pass_on(page, stack)
    expect(rest(page).get_by_test_id("desk-rest-count")).to_have_text("3 pessoas aguardando")
    expect(page.locator(".o-mail-Composer-input")).to_have_count(0)
    expect(rest(page).get_by_test_id("desk-rest-next")).to_be_focused()
    own_place(page, stack)
    type_blindly(page)
    served(page, NAMES[1])
    own_place(page, stack)

    # After closing: the next of mine where there is room for one, else the lists
    if is_small:
        page.locator(".o-mail-ChatWindow-header").get_by_title("Fechar a janela").click()
    page.get_by_test_id("desk-next").click()
    served(page, NAMES[2])
    close(page)
    if is_small:
        expect(rest(page)).to_be_visible()
        rows(page, "mine", NAMES[1]).click()
    served(page, NAMES[1])
    own_place(page, stack)

    # A supervisor takes it over while Joana is writing: nothing of it goes anywhere
    page.locator(".o-mail-Composer-input").first.press_sequentially("Sua senha nova ")
    take_over(stack, NAMES[1])
    expect(rest(page).get_by_test_id("desk-rest-notice")).to_contain_text("não foi enviado")
    type_blindly(page)
    expect(rest(page)).to_be_visible()
    own_place(page, stack)
    assert BLIND not in str(waiting[1].messages())
    picture(page, f"shift-lost-{size}")

    # The last one, and then nobody waits
    close_notices(page)
    rest(page).get_by_test_id("desk-rest-next").click()
    served(page, NAMES[3])
    close(page)
    expect(rest(page).get_by_test_id("desk-rest-count")).to_contain_text("Ninguém")
    type_blindly(page)
    own_place(page, stack)
    picture(page, f"shift-nobody-{size}")
    page.reload()
    expect(rest(page)).to_be_visible()
    own_place(page, stack)


@pytest.mark.parametrize("waiting", [1], indirect=True)
def test_links_lead_to_the_desk(people: People, stack: Stack, waiting: list[PhoneClient]) -> None:
    """For any address the desk shows its own things; the way back stays there."""
    page = people.agent("joana")
    rows(page, "waiting", NAMES[0]).get_by_test_id("desk-take").click()
    served(page, NAMES[0])
    expect(page).to_have_url(re.compile("/odoo/mesa.*active_id=discuss.channel_"))
    channel_id = channel_of(stack, NAMES[0])

    # Reload, way back, and Odoo's own address of the conversation
    page.reload()
    served(page, NAMES[0])
    open_menu(page, "Aguardando")
    page.go_back()
    served(page, NAMES[0])
    page.goto(f"{stack.odoo_url}/odoo/discuss?active_id=discuss.channel_{channel_id}")
    served(page, NAMES[0])
    own_place(page, stack)

    # Channels of others have no place here
    general = everybody(stack)
    for foreign in (f"discuss.channel_{general}", "mail.box_inbox"):
        page.goto(f"{stack.odoo_url}/odoo/mesa?active_id={foreign}")
        expect(rest(page)).to_be_visible()
        own_place(page, stack)

    # A conversation that went to somebody else is reported as gone
    take_over(stack, NAMES[0])
    page.goto(f"{stack.odoo_url}/odoo/discuss?active_id=discuss.channel_{channel_id}")
    expect(rest(page).get_by_test_id("desk-rest-notice")).to_contain_text("não está mais")
    own_place(page, stack)


def test_colleagues_and_nobody_else(people: People, stack: Stack) -> None:
    """Joana writes to Pedro; list and palette offer the people of the contact center only."""
    joana, pedro = people.agent("joana"), people.agent("pedro")
    joana.get_by_test_id("desk-colleagues-toggle").click()
    colleagues = joana.get_by_test_id("desk-colleague")
    expect(colleagues.filter(has_text="Pedro")).to_be_visible()
    for name in ("OdooBot", "Joana"):
        expect(colleagues.filter(has_text=name)).to_have_count(0)
    colleagues.filter(has_text="Pedro").click()
    composer = joana.locator(".o-mail-Composer-input").first
    composer.fill("Você tem o código da impressora?")
    composer.press("Enter")
    expect(joana.locator(".o-mail-Thread")).to_contain_text("código da impressora")
    badge = pedro.get_by_test_id("desk-colleague").filter(has_text="Joana")
    expect(badge).to_contain_text("1")
    badge.click()
    expect(pedro.locator(".o-mail-Thread")).to_contain_text("código da impressora")
    picture(joana, "desk-colleagues")

    joana.keyboard.press("Control+k")
    palette = joana.locator(".o_command_palette")
    expect(palette.locator(".o_command").filter(has_text="Pedro")).to_be_visible()
    for name in ("OdooBot", "general", "geral", "Criar"):
        expect(palette.locator(".o_command").filter(has_text=name)).to_have_count(0)


@pytest.mark.parametrize("waiting", [1], indirect=True)
def test_nothing_lies_over_the_screens(
    people: People, stack: Stack, waiting: list[PhoneClient]
) -> None:
    """On another screen of the contact center neither bubbles nor windows come up."""
    page = people.agent("joana")
    rows(page, "waiting", NAMES[0]).get_by_test_id("desk-take").click()
    served(page, NAMES[0])
    open_menu(page, "Meus atendimentos")
    general = everybody(stack)
    admin(stack).call("discuss.channel", "message_post", [general], body="Festa na sexta")
    waiting[0].send_text("Ainda está aí?")
    expect(page.locator(".o-contact-center-DeskSystray-answers")).to_have_text("1")
    expect(page.locator(".o-mail-ChatBubble, .o-mail-ChatWindow")).to_have_count(0)
    menu = page.locator(".o_menu_systray .o-mail-MessagingMenu-counter")
    expect(menu).to_have_count(0)


@pytest.mark.parametrize("login", HOMES)
def test_start_page(people: People, login: str) -> None:
    """Each role begins on its own screen, and the app's menu leads there."""
    page = people.user(login)
    expect(page.locator(HOMES[login]).first).to_be_visible()
    settle(page)
    picture(page, f"home-{login}")
    open_app(page)
    expect(page.locator(HOMES[login]).first).to_be_visible()


@pytest.mark.parametrize("waiting", [1], indirect=True)
def test_who_watches_sees_who_speaks(
    people: People, stack: Stack, waiting: list[PhoneClient]
) -> None:
    """The citizen at the left under their own name, people and assistant at the right."""
    joana, sofia = people.agent("joana"), people.agent("sofia")
    rows(joana, "waiting", NAMES[0]).get_by_test_id("desk-take").click()
    served(joana, NAMES[0])
    expect(joana.get_by_text("convidad")).to_have_count(0)
    answer(joana, "Bom dia! Vou verificar.")
    sofia.get_by_test_id("desk-team-toggle").click()
    rows(sofia, "team", NAMES[0]).click()
    expect(sofia.locator(".o-mail-DiscussContent-threadName")).to_have_value(NAMES[0])
    middle = 1366 / 2
    for page in (joana, sofia):
        sides = {}
        for side in ("citizen", "assistant", "team"):
            message = page.locator(f".o-mail-Message.o-side-{side}:not(.o-squashed)").last
            expect(message).to_be_visible()
            sides[side] = message
        expect(sides["citizen"]).to_contain_text(NAMES[0])
        expect(sides["assistant"]).to_contain_text("Assistente virtual")
        expect(sides["team"]).to_contain_text("Joana")
        left = sides["citizen"].locator(".o-mail-Message-bubble").bounding_box()
        assert left["x"] < middle
        thread = page.locator(".o-mail-Thread").bounding_box()
        for side in ("assistant", "team"):
            box = sides[side].locator(".o-mail-Message-bubble").last.bounding_box()
            assert box["x"] + box["width"] > thread["x"] + thread["width"] - 120, side
        colours = {
            page.evaluate(
                "el => getComputedStyle(el).backgroundColor",
                sides[side].locator(".o-mail-Message-bubble").last.element_handle(),
            )
            for side in sides
        }
        assert len(colours) == 3
    picture(sofia, "desk-watching")


NAMELESS = """() => [...document.querySelectorAll("button, a[href], [role=button]")]
    .filter((el) => el.checkVisibility())
    .filter((el) => !(el.getAttribute("aria-label") || el.title || el.innerText.trim() ||
        el.querySelector("img[alt]:not([alt='']), [aria-label], [title], .visually-hidden")))
    .map((el) => el.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("waiting", [1], indirect=True)
def test_words_and_names(people: People, waiting: list[PhoneClient]) -> None:
    """Menus say what they do, canned responses have a button, and every button has a name."""
    page = people.agent("joana")
    rows(page, "waiting", NAMES[0]).get_by_test_id("desk-take").click()
    served(page, NAMES[0])
    assert page.evaluate(NAMELESS) == []
    page.get_by_test_id("composer-canned").click()
    expect(page.locator(".o-mail-Composer-suggestion").first).to_be_visible()
    page.locator(".o-mail-Composer-input").first.fill("")
    page.locator(".o-mail-Composer").get_by_title("Mais ações").click()
    expect(page.get_by_text("Inserir uma resposta pronta", exact=True)).to_be_visible()
    expect(page.get_by_text("resposta automática")).to_have_count(0)
    page.get_by_text("Mensagem de voz", exact=True).click()
    expect(page.get_by_role("button", name="Parar gravação")).to_be_visible()
    assert page.evaluate(NAMELESS) == []
    page.get_by_role("button", name="Parar gravação").click()

    open_menu(page, "Todos os atendimentos")
    page.locator(".o_searchview_input").fill("2026")
    choice = page.locator(".o_searchview_autocomplete .o-dropdown-item").first
    expect(choice).to_have_text(re.compile(r"^\s*Buscar em\s+Protocolo.*: 2026\s*$"))
