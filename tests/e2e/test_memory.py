"""The bot remembers a returning citizen, their first words, an unfinished talk."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from devtools.servers import Stack
from devtools.story import PHOTO, TICKET, wait_until
from tests.e2e.desk import ACCOUNT, admin
from tests.e2e.people import IMAGES, People
from tests.e2e.phone_page import PhonePage
from tests.e2e.screens_look import clear_notices
from tests.e2e.screens_walk import picture

WA_ID, PROFILE = "5531970990777", "~🌹Rosinha🌹"
NAME, EMAIL = "Rosa Maria da Silva", "rosa.silva@exemplo.com.br"
# The open conversation ends because the citizen was silent, and that was yesterday.
END = """
import json, os
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
talk = env["contact_center.conversation"].search(
    [("partner_id.email", "=", values["email"]), ("state", "!=", "closed")]
)
talk._end_by_bot("abandoned")
env.flush_all()
env.cr.execute(
    "UPDATE contact_center_conversation SET closed_at = closed_at - interval '1 day' "
    "WHERE id = %s", [talk.id]
)
env.cr.commit()
"""


class Rosa(PhonePage):
    """Rosa's telephone; messages count from the last one that she sent."""

    seen = 0

    def sends(self, text: str) -> None:
        """Write a text."""
        self.seen = self.incoming.count()
        self.write(text)

    def taps(self, title: str | re.Pattern) -> None:
        """Tap a button."""
        self.seen = self.incoming.count()
        self.press(title)

    def hears(self, words: str) -> str:
        """Wait until a new message has these words; return all new messages."""

        def found() -> str:
            new = "\n".join(self.incoming.all_inner_texts()[self.seen :])
            return new if words in new else ""

        return str(wait_until(found, f"the bot did not say “{words}”"))


@pytest.fixture(scope="module", autouse=True)
def no_cap(stack: Stack) -> Iterator[None]:
    """Limit nothing that Rosa says: she lives through days in a minute."""
    limits = ["messages_per_minute", "messages_per_hour"]
    [account] = admin(stack).search_read(ACCOUNT, [], limits)
    admin(stack).call(ACCOUNT, "write", [account["id"]], dict.fromkeys(limits, 0))
    yield
    admin(stack).call(ACCOUNT, "write", [account["id"]], {name: account[name] for name in limits})


@pytest.fixture
def rosa(stack: Stack, people: People) -> Rosa:
    """Return the telephone, which shows what was said before."""
    page = people.page("Rosa", width=480, height=860)
    page.goto(f"{stack.meta_url}/phone?wa_id={WA_ID}&name={PROFILE}")
    page.wait_for_selector("[data-testid=phone-input]")
    return Rosa(page)


def confirm(phone: Rosa) -> str:
    """Confirm the values shown and end the conversation; return the texts shown."""
    shown = phone.hears("Confira os seus dados")
    phone.taps("Confirmar")
    wait_until(
        lambda: any(TICKET.search(text) for text in phone.incoming.all_inner_texts()[phone.seen :]),
        "no ticket was opened",
    )
    phone.sends("Encerrar")
    phone.hears("Obrigado pelo contato")
    return shown


def contact(stack: Stack) -> dict:
    """Return Rosa's contact."""
    [found] = admin(stack).search_read("res.partner", [("email", "=", EMAIL)], ["name", "email"])
    return {"name": found["name"], "email": found["email"]}


def shoot(page: Page, name: str) -> None:
    """Take a picture of the telephone, for people to look at."""
    page.wait_for_timeout(400)
    page.screenshot(path=IMAGES / f"{name}.png")


def test_a_new_citizen_says_everything_once(stack: Stack, rosa: Rosa) -> None:
    """The first sentence and the first photo are the description; a question is no name."""
    rosa.sends("Bom dia, a impressora do posto não imprime mais")
    rosa.hears("nome completo")
    expect(rosa.page.get_by_test_id("phone-button").filter(has_text="Rosinha")).to_be_visible()
    rosa.sends("pra que você quer saber?")
    rosa.hears("Por favor, escreva o seu nome completo.")
    rosa.seen = rosa.incoming.count()
    rosa.attach("image", "foto.png", "image/png", PHOTO)
    rosa.hears("Guardei a sua foto")
    rosa.sends("sou a rosa maria da silva")
    assert "Obrigado, Rosa Maria da Silva!" in rosa.hears("Qual é o seu e-mail")
    rosa.sends(EMAIL)
    rosa.hears(EMAIL)
    rosa.sends("Computador e impressora")
    rosa.hears("Em qual local")
    rosa.sends("Secretaria de Saúde")
    assert "a impressora do posto não imprime mais" in rosa.hears("Anotei o que você já contou")
    shoot(rosa.page, "memory-first-words")
    rosa.taps("Não, é só isso")
    rosa.hears("Já guardei: 1 arquivo")
    rosa.taps("Pronto")
    shown = confirm(rosa)
    assert NAME in shown
    assert "a impressora do posto não imprime mais" in shown
    assert "1 arquivo" in shown
    assert contact(stack) == {"name": NAME, "email": EMAIL}


def test_who_comes_back_is_known(stack: Stack, rosa: Rosa) -> None:
    """The name is asked back, the e-mail is not asked, and nothing is read out in full."""
    rosa.sends("oi")
    rosa.hears(f"Você é {NAME}?")
    shoot(rosa.page, "memory-known")
    rosa.taps(re.compile("^Sim$"))
    said = rosa.hears("Sobre o que é")
    assert "e-mail" not in said.lower()
    rosa.sends("Internet e rede")
    rosa.hears("Em qual local")
    rosa.sends("Secretaria de Obras")
    rosa.hears("o que está acontecendo")
    rosa.sends("Sem internet na sala 3")
    rosa.hears("envie uma foto")
    rosa.taps("Pular")
    shown = confirm(rosa)
    assert "r***@exemplo.com.br" in shown
    assert EMAIL not in shown


def test_what_was_broken_off_goes_on_the_next_day(stack: Stack, rosa: Rosa) -> None:
    rosa.sends("oi")
    rosa.hears(f"Você é {NAME}?")
    rosa.taps(re.compile("^Sim$"))
    rosa.hears("Sobre o que é")
    rosa.sends("Sistemas da Prefeitura")
    rosa.hears("Em qual local")
    stack.shell(END, email=EMAIL)
    rosa.sends("bom dia")
    said = rosa.hears("continuar de onde parou?")
    assert "Sistemas da Prefeitura" in said
    shoot(rosa.page, "memory-resume")
    rosa.taps("Continuar")
    rosa.hears("Em qual local")
    rosa.sends("Secretaria de Obras")
    rosa.hears("o que está acontecendo")
    rosa.sends("O sistema de notas mostra um erro")
    rosa.hears("envie uma foto")
    rosa.taps("Pular")
    shown = confirm(rosa)
    assert "Sistemas da Prefeitura" in shown
    assert EMAIL not in shown
    [event] = admin(stack).search_read(
        "contact_center.event",
        [("kind", "=", "note"), ("conversation_id.partner_id.name", "=", NAME)],
        ["details"],
        context={"lang": "pt_BR"},
    )
    assert "Continua de onde uma conversa anterior parou" in event["details"]


def test_somebody_else_on_the_same_telephone(stack: Stack, rosa: Rosa) -> None:
    """All is asked anew, and what is known of Rosa stays as it is."""
    rosa.sends("oi")
    rosa.hears(f"Você é {NAME}?")
    rosa.taps("Não, outra pessoa")
    rosa.hears("nome completo")
    rosa.sends("joão lima")
    assert "Obrigado, João Lima!" in rosa.hears("Qual é o seu e-mail")
    rosa.sends("joao.lima@exemplo.com.br")
    rosa.hears("Sobre o que é")
    rosa.sends("Outros")
    rosa.hears("Em qual local")
    rosa.sends("Outro local")
    rosa.hears("o que está acontecendo")
    rosa.sends("A porta da sala não fecha")
    rosa.hears("envie uma foto")
    rosa.taps("Pular")
    shown = rosa.hears("Confira os seus dados")
    assert "joao.lima@exemplo.com.br" in shown, "what was typed now is shown in full"
    rosa.taps("Confirmar")
    # registered, or too many tickets within the hour: the contact was saved before
    rosa.hears("registr")
    assert contact(stack) == {"name": NAME, "email": EMAIL}


def test_the_simulator_plays_it(stack: Stack, people: People) -> None:
    """An author tries out citizens who come back or broke off."""
    [flow] = admin(stack).search_read("chatbot.flow", [("code", "=", "suporte_ti")], ["id"])
    page = people.user("adriana")
    page.goto(f"{stack.odoo_url}/odoo/chatbot.flow/{flow['id']}")
    page.get_by_role("button", name="Simular").click()
    simulator = page.get_by_test_id("simulator")
    talk = simulator.get_by_test_id("simulator-in")
    clear_notices(page)
    simulator.get_by_test_id("simulator-tab-situation").click()
    simulator.get_by_label("Volta, depois de informar os dados").check()
    simulator.get_by_label("Nome do cidadão").fill("Rosa Maria")
    simulator.get_by_label("Nome do cidadão").press("Tab")
    expect(talk.last).to_contain_text("Você é Rosa Maria?")
    simulator.get_by_test_id("simulator-button").filter(has_text=re.compile("^Sim$")).click()
    expect(talk.last).to_contain_text("Sobre o que é")
    simulator.get_by_test_id("simulator-input").fill("Telefonia")
    simulator.get_by_test_id("simulator-send").click()
    expect(talk.last).to_contain_text("Em qual local")
    simulator.get_by_test_id("simulator-return").click()
    expect(talk.last).to_contain_text("continuar de onde parou?")
    expect(simulator).to_contain_text("O cidadão parou, e escreve de novo depois.")
    shoot(page, "memory-simulator")
    simulator.get_by_test_id("simulator-button").filter(has_text="Continuar").click()
    expect(talk.last).to_contain_text("Em qual local")
    expect(simulator).to_contain_text("Continua de onde uma conversa anterior parou")
    simulator.get_by_test_id("simulator-close").click()


def test_a_question_says_what_it_does_with_what_is_known(stack: Stack, people: People) -> None:
    [step] = admin(stack).search_read(
        "chatbot.flow.step",
        [("key", "=", "nome"), ("flow_id.code", "=", "suporte_ti")],
        ["id"],
    )
    page = people.user("adriana")
    page.goto(f"{stack.odoo_url}/odoo/chatbot.flow.step/{step['id']}")
    known = page.locator("[name=known] input").first
    expect(known).to_have_value("Perguntar se ainda está certo")
    picture(page, "memory-question")
