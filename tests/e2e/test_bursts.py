"""Several messages in a row are one turn, with the product's usual quiet moment."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from devtools.servers import Stack
from devtools.story import CATEGORY, LOCATION, PHOTO, wait_until
from sandbox.client import MetaControl, PhoneClient
from tests.e2e.desk import CONVERSATION, admin, person, row
from tests.e2e.people import IMAGES, People
from tests.e2e.test_kill import LONGEST_WAIT, query

LIMIT = "chatbot_flow.listen_limit"
QUIET = 2.5
"""Seconds, as in a new flow."""
SESSION = """
SELECT s.step_key, s.turn_at, s.engine_state, s.turn_count, c.id, c.state
FROM chatbot_flow_session s
JOIN contact_center_conversation c ON c.id = s.conversation_id
JOIN whatsapp_identity i ON i.id = c.whatsapp_identity_id
WHERE i.wa_id = %s ORDER BY s.id DESC LIMIT 1
"""


def set_limit(stack: Stack, value: str | bool) -> None:
    """Let bots listen as long as the flows say (False), or not at all ("0")."""
    admin(stack).call("ir.config_parameter", "set_param", LIMIT, value)


@pytest.fixture(scope="module", autouse=True)
def usual_quiet(stack: Stack) -> Iterator[None]:
    """Keep the usual quiet moment in this file; afterwards as the other tests want it."""
    set_limit(stack, False)
    yield
    set_limit(stack, "0")


class Writer:
    """A citizen who writes in bursts."""

    def __init__(self, stack: Stack, number: str):
        self.stack, self.number = stack, number
        self.phone = PhoneClient(stack.meta_url, number, "Rosa", timeout=90)

    def says(self, *texts: str) -> None:
        """Send texts in a row, a moment apart."""
        for text in texts:
            self.phone.send_text(text)
            time.sleep(0.3)

    def heard(self) -> list[str]:
        """Return texts of what the city sent, oldest first."""
        return [message["text"] for message in self.phone.received()]

    def session(self) -> dict:
        """Return the bot's session with this citizen; {} before the first turn was kept."""
        rows = query(self.stack, SESSION, self.number)
        names = ("step", "turn_at", "state", "turns", "conversation_id", "status")
        return dict(zip(names, rows[0], strict=True)) if rows else {}

    def values(self) -> dict:
        """Return the values that the flow has of this citizen."""
        return self.session()["state"]["values"]

    def waits(self) -> None:
        """Wait until the bot listens."""
        wait_until(lambda: self.session().get("turn_at"), "no turn is waited for")

    def silence(self) -> list[str]:
        """Wait for two quiet moments; return the texts received by then."""
        time.sleep(2 * QUIET + 1)
        return self.heard()


def lists(values: dict) -> list[list]:
    """Return the answers that are lists: files."""
    return [value for value in values.values() if isinstance(value, list)]


def test_three_greetings_have_one_answer_and_make_no_name(stack: Stack) -> None:
    rosa = Writer(stack, "5531955550101")
    start = time.monotonic()
    rosa.says("oi", "tudo bem?", "preciso de ajuda")
    rosa.phone.wait_text("nome")
    assert time.monotonic() - start > QUIET
    said = rosa.silence()
    assert len(said) == len(set(said)) <= 2
    assert rosa.values() == {}
    rosa.says("oi", "bom dia", "meu nome é Carlos Souza")
    rosa.phone.wait_text("e-mail")
    assert rosa.values()["nome"] == "Carlos Souza"
    assert not any("bom dia!" in text.lower() for text in rosa.heard()[len(said) :])


def test_words_and_an_album_are_one_answer_each_and_a_tap_does_not_wait(stack: Stack) -> None:
    rosa = Writer(stack, "5531955550102")
    rosa.says("oi")
    rosa.phone.wait_text("nome")
    rosa.says("Rosa Maria Souza")
    rosa.phone.wait_text("e-mail")
    rosa.says("rosa@exemplo.com.br")
    echo = rosa.phone.wait_for(lambda message: bool(message["options"]))
    start = time.monotonic()
    if any("sim" in option["title"].casefold() for option in echo["options"]):
        rosa.says("acho que sim")
        rosa.phone.choose("Sim")
    rosa.phone.choose(CATEGORY)
    rosa.phone.choose(LOCATION)
    rosa.phone.wait_text("acontecendo")
    # three taps, with words before one of them: a single quiet moment would have been longer
    assert time.monotonic() - start < 2 * QUIET
    before = len(rosa.heard())
    rosa.says("a impressora não liga", "desde ontem")
    for number in range(2):
        rosa.phone.send_image(PHOTO, filename=f"foto{number}.png")
    rosa.says("já troquei a tomada")
    words = "a impressora não liga\ndesde ontem\njá troquei a tomada"
    wait_until(lambda: words in rosa.values().values(), "no answer to the album", 40)
    assert len(rosa.session()["state"]["pending"]) == 2
    assert len(rosa.silence()) == before + 1
    rosa.phone.choose("Pronto")
    wait_until(lambda: 2 in map(len, lists(rosa.values())), "the album was not taken")


def test_what_comes_while_the_robot_speaks_is_read_next(stack: Stack) -> None:
    rosa, meta = Writer(stack, "5531955550103"), MetaControl(stack.meta_url)
    meta.faults(delay_ms=1000)
    try:
        rosa.says("oi")
        wait_until(lambda: rosa.session().get("step"), "no first turn")
        rosa.says("tudo bem?", "sou a Rosa Souza")
        rosa.phone.wait_text("e-mail")
    finally:
        meta.faults()
    assert rosa.values()["nome"] == "Rosa Souza"
    assert rosa.session()["turns"] == 1


def test_whoever_is_taken_over_meanwhile_hears_people_only(stack: Stack) -> None:
    rosa = Writer(stack, "5531955550104")
    rosa.says("oi")
    rosa.phone.wait_text("nome")
    before = len(rosa.heard())
    rosa.says("Rosa", "Maria")
    rosa.waits()
    domain = [("id", "=", rosa.session()["conversation_id"])]
    partner = row(admin(stack), CONVERSATION, domain, ["partner_id"])["partner_id"][0]
    # Joana writes first: the bot no longer serves the citizen
    person(stack, "joana").call("res.partner", "action_whatsapp_write", [partner])
    wait_until(lambda: rosa.session()["turn_at"] == 0, "what waited was not dropped")
    session = rosa.session()
    assert (session["status"], session["state"]["values"]) == ("in_service", {})
    assert not any("e-mail" in text for text in rosa.silence()[before:])


def test_a_burst_in_the_simulator(people: People, stack: Stack) -> None:
    flow = row(admin(stack), "chatbot.flow", [("name", "ilike", "Suporte")], ["id"])
    page = people.user("adriana")
    page.goto(f"{stack.odoo_url}/odoo/chatbot.flow/{flow['id']}")
    page.get_by_role("button", name="Simular").click()
    for width, height in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        simulate(page)
        page.screenshot(path=str(IMAGES / f"simulator-burst-{width}.png"))
        page.get_by_test_id("simulator-restart").click()
        expect(page.get_by_test_id("simulator-out")).to_have_count(0)


def simulate(page: Page) -> None:
    """Write in a burst and see one answer."""
    simulator = page.get_by_test_id("simulator")
    field = simulator.get_by_test_id("simulator-input")
    answers = simulator.get_by_test_id("simulator-in")
    expect(answers.last).to_be_visible()
    before = answers.count()
    for text in ("oi", "tudo bem?", "sou a Rosa Souza"):
        field.fill(text)
        field.press("Enter")
    expect(simulator.get_by_test_id("simulator-listening")).to_be_visible()
    expect(simulator.get_by_test_id("simulator-listening")).to_have_count(0)
    expect(answers).to_have_count(before + 1)
    expect(simulator.get_by_test_id("simulator-out")).to_have_count(3)
    expect(simulator.get_by_test_id("simulator-talk")).to_contain_text("3 mensagens")


def test_killed_between_message_and_turn_answers_once(stack: Stack) -> None:
    """Last in the file: Odoo is killed while somebody waits for the quiet moment."""
    rosa = Writer(stack, "5531955550105")
    rosa.says("oi", "tudo bem?", "preciso de ajuda")
    rosa.waits()
    stack.kill_odoo()
    assert not rosa.session()["turns"]
    stack.start_odoo()
    rosa.phone.wait_text("nome", timeout=3 * LONGEST_WAIT)
    said = rosa.silence()
    assert len(said) == len(set(said)) <= 2
