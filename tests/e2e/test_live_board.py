"""The live board and the wallboard.

Supervisor, agent, manager of the city and television at once.
"""

import contextlib
import json
import re
from collections.abc import Iterator

import psycopg2
import pytest
from playwright.sync_api import Page, expect

from devtools.servers import Stack
from devtools.story import Story, wait_until
from tests.e2e.desk import CONVERSATION, admin, person
from tests.e2e.people import People
from tests.e2e.test_story_in_browsers import own_row, snapshot, waiting_row
from tests.e2e.test_supervision import attention, composer, open_team, thread, write

SECRET = "pitangueira"
"""A word of every whisper and reason: it must never reach the citizen's telephone."""
MATRICULA = "4711"
CITY = ("cintia", "cintia-demo-2026")
# A digit on a 32-inch television at 1920 x 1080 that is read at five metres, and its contrast.
LEAST_HEIGHT = 68
LEAST_CONTRAST = 7.0
# Height of the digits of each figure, and contrast to its tile: what a person at the screen meets.
LEGIBILITY = """() => {
    const light = (color) => {
        const parts = color.match(/[\\d.]+/g).map(Number);
        const [r, g, b] = parts.map((part) => {
            const share = part / 255;
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const pen = document.createElement("canvas").getContext("2d");
    return [...document.querySelectorAll(".tile .value")].map((value) => {
        const style = getComputedStyle(value);
        pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        const box = pen.measureText("0");
        const ground = getComputedStyle(value.parentElement).backgroundColor;
        const lights = [light(style.color), light(ground)].sort((a, b) => b - a);
        const tile = value.parentElement.getBoundingClientRect();
        const own = value.getBoundingClientRect();
        return {
            text: value.textContent,
            height: box.actualBoundingBoxAscent + box.actualBoundingBoxDescent,
            contrast: (lights[0] + 0.05) / (lights[1] + 0.05),
            inside: own.width <= tile.width && own.bottom <= innerHeight && own.right <= innerWidth,
        };
    });
}"""
WEEK = 7 * 24 * 3600 // 2
# The page's own program, without its waits and with answers made from the first one.
HURRY = """(() => {
    const wait = window.setTimeout;
    const ask = window.fetch;
    let first = "";
    window.asked = 0;
    window.hurried = false;
    window.setTimeout = (run, delay, ...rest) => {
        if (!window.hurried) {
            return wait(run, delay, ...rest);
        }
        if (delay === 2000) {
            queueMicrotask(run);
        }
        return 0;
    };
    window.fetch = async (...request) => {
        if (!window.hurried) {
            const answer = await ask(...request);
            first = await answer.clone().text();
            return answer;
        }
        const shown = JSON.parse(first);
        window.asked++;
        for (const tile of shown.pages[0].tiles) {
            tile.value = String(window.asked % 1000);
        }
        if (window.asked % 200 === 0) {
            await new Promise((resume) => wait(resume, 0));
        }
        return { ok: true, status: 200, json: async () => shown };
    };
})()"""
TWELVE = (
    *("waiting", "oldest", "estimate", "in_service", "free", "logged_in"),
    *("level_half_hour", "level_day", "answered", "abandoned", "clock", "waiting"),
)
CALM = ("in_service", "free", "logged_in", "answered", "level_day", "clock")


@pytest.fixture(autouse=True, scope="module")
def nothing_is_repeated(stack: Stack) -> Iterator[None]:
    """Forget what was told to the screens here.

    The bus repeats it to the next ones for a while.
    """
    yield
    with contextlib.closing(psycopg2.connect(stack.db_url)) as connection, connection as opened:
        opened.cursor().execute("DELETE FROM bus_bus")


@pytest.fixture(scope="module")
def story(stack: Stack) -> Story:
    """Return the story of a citizen who waits for a person."""
    story = Story(stack, "5531974000156")
    for step in (story.greeting, story.identification, story.description, story.confirmation):
        step()
    story.ticket()
    story.hand_over()
    return story


@pytest.fixture(scope="module")
def city(stack: Stack) -> None:
    """Create a manager of the city, and enter joana's registration number."""
    client = admin(stack)

    def group(name: str) -> int:
        _model, number = client.call(
            "ir.model.data", "check_object_reference", "contact_center_supervision", name
        )
        return number

    client.call(
        "res.users",
        "create",
        {
            "name": "Cíntia Prado",
            "login": CITY[0],
            "password": CITY[1],
            "email": "cintia@example.com",
            "tz": "America/Sao_Paulo",
            "lang": "pt_BR",
            "group_ids": [(6, 0, [group("group_city_outside"), group("group_city_citizens")])],
        },
    )
    people = {
        row["login"]: row["id"]
        for row in client.search_read("res.users", [("login", "in", ["joana", "sofia"])], ["login"])
    }
    operation = client.call("contact_center.operation", "create", {"name": "Central 156"})
    client.call(
        "contact_center.assignment",
        "create",
        {
            "user_id": people["joana"],
            "operation_id": operation,
            "supervisor_id": people["sofia"],
            "registration": MATRICULA,
            "date_from": "2020-01-01",
        },
    )


def make_board(stack: Stack, mode: str, kinds: tuple[str, ...]) -> str:
    """Make a wallboard with one page; return its link on this stack."""
    client = admin(stack)
    board = client.call(
        "contact_center.wallboard",
        "create",
        {
            "name": "Gabinete" if mode == "city" else "Salão",
            "mode": mode,
            "page_ids": [
                (0, 0, {"name": "Agora", "tile_ids": [(0, 0, {"kind": kind}) for kind in kinds]})
            ],
        },
    )
    dialog = client.call("contact_center.wallboard.link", "create", {"wallboard_id": board})
    action = client.call("contact_center.wallboard.link", "action_make", [dialog])
    token = action["context"]["contact_center_link"].partition("#")[2]
    return f"{stack.odoo_url}/contact_center/wallboard#{token}"


def television(people: People, link: str) -> Page:
    """Return a 32-inch television that shows a wallboard, without a login."""
    page = people.page("televisão", width=1920, height=1080)
    page.goto(link)
    page.wait_for_selector(".tile")
    return page


def check_legible(page: Page, figures: int) -> None:
    """Measure every figure of the page."""
    found = page.evaluate(LEGIBILITY)
    assert len(found) == figures
    for one in found:
        assert one["height"] >= LEAST_HEIGHT, one
        assert one["contrast"] >= LEAST_CONTRAST, one
        assert one["inside"], one


def watch(page: Page, protocol: str, reason: str) -> None:
    """Begin to watch a conversation from the board."""
    page.locator(f"[data-protocol='{protocol}']").click()
    page.get_by_test_id("reason-text").fill(reason)
    page.get_by_test_id("reason-confirm").click()
    expect(page.get_by_test_id("watch-panel")).to_contain_text(protocol)


def test_all_at_once(people: People, stack: Stack, story: Story, city: None) -> None:
    """One conversation, five screens."""
    wall = television(people, make_board(stack, "city", TWELVE))
    in_service = wall.locator(".tile[data-kind=in_service] .value")
    before = int(in_service.inner_text())
    joana, sofia = people.agent("joana"), people.user("sofia")
    cintia = people.user(CITY[0])
    cintia.wait_for_selector("[data-testid=team]")
    open_team(sofia, stack)

    # What happens is on every board by itself, soon.
    waiting_row(joana, story.protocol).get_by_test_id("desk-take").click()
    expect(own_row(joana, story.protocol)).to_be_visible()
    chip = f"[data-protocol='{story.protocol}']"
    expect(sofia.locator(chip)).to_be_visible(timeout=15_000)
    expect(cintia.locator(chip)).to_be_visible(timeout=15_000)
    expect(in_service).to_have_text(str(before + 1), timeout=15_000)

    # The city sees numbers, and no name of an agent.
    row = cintia.locator(f"[data-testid=team-agent][data-agent='{MATRICULA}']")
    expect(row).to_be_visible()
    expect(cintia.get_by_test_id("team")).not_to_contain_text("Joana")

    # The supervisor watches, whispers, joins; the citizen gets what is said, and nothing else.
    watch(sofia, story.protocol, SECRET)
    story.phone.send_text("Alguém aí?")
    expect(sofia.get_by_test_id("watch-messages")).to_contain_text("Alguém aí?")
    sofia.get_by_test_id("watch-whisper").fill(f"Ofereça a visita, {SECRET}")
    sofia.get_by_test_id("watch-whisper-send").click()
    # another test's whisper may still be repeated by the bus
    whisper = attention(joana, "whisper").filter(has_text="Ofereça a visita,")
    expect(whisper).to_be_visible()
    whisper.locator(".o_notification_close").click()
    expect(sofia.get_by_test_id("watch-messages")).to_contain_text("Ofereça a visita")
    snapshot(sofia, "equipe-acompanhar")
    sofia.get_by_test_id("watch-join").click()
    sofia.get_by_test_id("reason-text").fill(f"Caso da Saúde, {SECRET}")
    sofia.get_by_test_id("reason-confirm").click()
    expect(attention(joana, "joined").filter(has_text="Caso da Saúde")).to_be_visible()
    expect(sofia.get_by_test_id("composer-reply")).to_be_visible()
    sofia.get_by_test_id("composer-reply").click()
    write(sofia, "Aqui é a Sofia, junto com a Joana.")
    story.phone.wait_text("junto com a Joana", since="start")
    expect(thread(joana).get_by_text("junto com a Joana")).to_be_visible()

    # The city watches under a reason, reads numbers, and intercepts.
    watch(cintia, story.protocol, SECRET)
    messages = cintia.get_by_test_id("watch-messages")
    expect(messages).to_contain_text("Alguém aí?")
    expect(cintia.get_by_test_id("watch-panel")).to_contain_text(MATRICULA)
    assert not re.search(r"Joana Ribeiro", cintia.get_by_test_id("watch-panel").inner_text())
    snapshot(cintia, "prefeitura")
    cintia.get_by_test_id("watch-intercept").click()
    dialog = cintia.locator(".modal")
    dialog.locator("[name=reason] input").fill(f"Pedido do gabinete, {SECRET}")
    dialog.locator("button[name=action_take_over]").click()
    expect(dialog).to_have_count(0)
    expect(own_row(joana, story.protocol)).to_have_count(0)
    cintia.get_by_test_id("watch-open").click()
    expect(composer(cintia)).to_be_visible()
    write(cintia, "Aqui é a prefeitura.")
    story.phone.wait_text("Aqui é a prefeitura", since="start")
    expect(in_service).to_have_text(str(before + 1))

    # The supervisor intercepts in her turn; the television counts it once, and not after the end.
    open_team(sofia, stack)
    watch(sofia, story.protocol, SECRET)
    sofia.get_by_test_id("watch-intercept").click()
    dialog = sofia.locator(".modal")
    dialog.locator("[name=reason] input").fill(f"Volta para a central, {SECRET}")
    dialog.locator("button[name=action_take_over]").click()
    expect(dialog).to_have_count(0)
    sofia.get_by_test_id("watch-open").click()
    expect(composer(sofia)).to_be_visible()
    write(sofia, "A Sofia continua daqui.")
    story.phone.wait_text("A Sofia continua daqui", since="start")
    expect(in_service).to_have_text(str(before + 1))
    person(stack, "sofia").call(CONVERSATION, "action_close", [story.conversation["id"]])
    expect(in_service).to_have_text(str(before), timeout=15_000)

    assert SECRET not in json.dumps(story.phone.messages(), ensure_ascii=False)
    client = admin(stack)
    events = wait_until(
        lambda: client.search_read(
            "contact_center.event",
            [("conversation_id", "=", story.conversation["id"]), ("kind", "=", "watched")],
            ["user_id", "data"],
        ),
        "watching is no event",
    )
    assert {event["user_id"][1] for event in events} == {"Sofia Martins", "Cíntia Prado"}
    logged = client.search_read(
        "contact_center.access.log",
        [("conversation_id", "=", story.conversation["id"]), ("kind", "=", "watched")],
        ["details"],
    )
    assert len(logged) >= 3
    assert all(SECRET in line["details"] for line in logged)


def test_a_television_is_read_at_five_metres(people: People, stack: Stack) -> None:
    """Twelve figures at most, each large and clear, in both modes."""
    wall = television(people, make_board(stack, "city", TWELVE))
    check_legible(wall, 12)
    snapshot(wall, "painel-prefeitura")
    floor = television(people, make_board(stack, "floor", CALM))
    check_legible(floor, 6)
    assert floor.locator(".tile:not([data-standing=''])").count() == 0
    assert floor.evaluate("document.getAnimations().length") == 0
    snapshot(floor, "painel-salao")


def test_a_television_says_how_old_its_figures_are(people: People, stack: Stack) -> None:
    """Without a connection it turns grey after ten seconds, and comes back by itself."""
    wall = television(people, make_board(stack, "city", TWELVE))
    expect(wall.locator("#stamp")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
    wall.context.set_offline(True)
    expect(wall.locator("#lost")).to_be_visible()
    expect(wall.locator("body")).to_have_class(re.compile("old"), timeout=20_000)
    check_legible(wall, 12)
    wall.context.set_offline(False)
    expect(wall.locator("#lost")).to_be_hidden()
    expect(wall.locator("body")).not_to_have_class(re.compile("old"))
    people.complaints[:] = [one for one in people.complaints if "ERR_INTERNET" not in one]


def test_a_week_does_not_make_a_television_grow(people: People, stack: Stack) -> None:
    """A week of answers, one every two seconds, drawn in a minute: memory stays as it is."""
    wall = people.page("televisão", width=1920, height=1080)
    wall.add_init_script(HURRY)
    wall.goto(make_board(stack, "city", TWELVE))
    wall.wait_for_selector(".tile")
    session = wall.context.new_cdp_session(wall)

    def after(answers: int) -> tuple[int, int]:
        """Return the memory and the number of elements after so many answers."""
        wait_until(
            lambda: wall.evaluate("window.asked") >= answers, "the answers are slow", seconds=300
        )
        session.send("HeapProfiler.collectGarbage")
        used = session.send("Runtime.getHeapUsage")["usedSize"]
        return used, session.send("Memory.getDOMCounters")["nodes"]

    wall.evaluate("window.hurried = true")
    heap, nodes = after(20_000)
    later, more = after(WEEK)
    wall.evaluate("window.hurried = false")
    assert later - heap < 500_000, (heap, later)
    assert more <= nodes + 500, (nodes, more)


def test_a_link_that_has_ended_shows_nothing(people: People, stack: Stack) -> None:
    """Nor one that is made up."""
    page = people.page("curioso", width=1280, height=720)
    page.goto(f"{stack.odoo_url}/contact_center/wallboard#inventado")
    expect(page.locator("#refused")).to_be_visible()
    expect(page.locator(".tile")).to_have_count(0)
    people.complaints[:] = [one for one in people.complaints if "403" not in one]
