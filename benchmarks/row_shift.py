"""Row 8: a technician's hour in a real browser: does the desk stay quick?"""

import itertools
import secrets
import statistics
import time
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect, sync_playwright

from devtools.chromium import headless_shell

from . import citizens
from .result import Result, milliseconds
from .row_screen import HAND_OVER, MAKE_AGENTS, new_password
from .setting import Bench

NAME = "shift"
MINUTES = 60
OPEN = 10
"""Conversations on the desk all the time."""

PAUSE = 5
"""Seconds between two things that the technician does."""

CLOSE_EVERY = 15
"""Every so many answers one conversation is closed and the next taken."""

SLOWER = 1.5
"""The last tenth of the hour may take so much longer, and hold so much more memory."""

PATIENCE = 30_000
ROW = "[data-testid=desk-mine-row]"
QUESTION = "Ainda está aí?"


@dataclass
class Shift:
    """The observations, in order.

    :param seen: seconds from a citizen's message to its words in the technician's list
    :param opened: seconds from the click on a row to the words in the open conversation
    :param heap: bytes of the page's memory, once a minute, after collecting garbage
    :param complaints: errors of the browser's console and of the page
    """

    seen: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    heap: list[float] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    closed: int = 0


def measure(bench: Bench) -> Result:
    """Let one agent with ten conversations read, answer, close and take for an hour."""
    minutes = bench.pick(MINUTES, MINUTES / 12, 0.05)
    login, password = f"bench-shift-{secrets.token_hex(4)}", new_password()
    bench.shell(MAKE_AGENTS, logins=[login], password=password)
    shift = Shift()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=headless_shell(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="pt-BR")
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: shift.complaints.append(str(error)))
        Desk(bench, page, shift).work(login, password, minutes)
        browser.close()
    return _judged(shift, minutes)


class Desk:
    """The agent and the citizens who write to them."""

    def __init__(self, bench: Bench, page: Page, shift: Shift):
        self.bench = bench
        self.page = page
        self.shift = shift
        self.devtools = page.context.new_cdp_session(page)
        group = bench.new_group()
        self.numbers = (citizens.wa_id(number, group) for number in itertools.count())
        self.serving: list[str] = []
        self.open = bench.pick(OPEN, OPEN, 3)

    def work(self, login: str, password: str, minutes: float) -> None:
        """Log in, take ten, and go on for so long."""
        url = self.bench.stack.odoo_url
        self.page.goto(f"{url}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".o_main_navbar")
        self.page.goto(f"{url}/odoo/mesa")
        self.page.get_by_test_id("desk-focus").wait_for(state="attached")
        self.take(self.open)
        end = time.monotonic() + 60 * minutes
        minute = 0.0
        for turn in itertools.count(1):
            if time.monotonic() >= minute:
                self.note_memory()
                minute = time.monotonic() + 60
            if time.monotonic() >= end:
                break
            self.answer(self.serving[turn % self.open], turn)
            if turn % CLOSE_EVERY == 0:
                self.close(self.serving[turn % self.open])
                self.take(1)
            self.page.wait_for_timeout(PAUSE * 1000)
        self.note_memory()

    def take(self, count: int) -> None:
        """Let so many ask for a person in turn; the agent takes them by keyboard."""
        asking = list(itertools.islice(self.numbers, count))
        for number in asking:
            self.bench.write(number, "oi")
            self.bench.drain()
        self.bench.json_shell(HAND_OVER, wa_ids=asking)
        expect(self.page.get_by_test_id("desk-waiting-row")).to_have_count(count, timeout=PATIENCE)
        for number in asking:
            before = self.page.locator(ROW).count()
            # while one is being taken and opened, the desk takes no second one
            expect(self.page.get_by_test_id("desk-next")).to_be_enabled(timeout=PATIENCE)
            self.page.keyboard.press("Alt+Shift+N")
            expect(self.page.locator(ROW)).to_have_count(before + 1, timeout=PATIENCE)
            self.serving.append(number)

    def answer(self, number: str, turn: int) -> None:
        """Let a citizen write; the agent sees it in the list, opens it and answers."""
        words = f"{QUESTION} ({turn})"
        began = time.monotonic()
        self.bench.write(number, words)
        row = self.page.locator(ROW).filter(has_text=words)
        row.wait_for()
        self.shift.seen.append(time.monotonic() - began)
        began = time.monotonic()
        row.click()
        self.page.locator(".o-mail-Thread").get_by_text(words, exact=True).wait_for()
        self.shift.opened.append(time.monotonic() - began)
        composer = self.page.locator(".o-mail-Composer-input").first
        composer.fill(f"Estou verificando, um momento. {turn}")
        composer.press("Enter")

    def close(self, number: str) -> None:
        """Close the conversation that is open."""
        before = self.page.locator(ROW).count()
        self.page.keyboard.press("Alt+Shift+E")
        dialog = self.page.locator(".modal")
        dialog.locator("[name=disposition_id] input").click()
        self.page.locator(".o-autocomplete--dropdown-item").first.click()
        dialog.locator("button[name=action_close]").first.click()
        expect(self.page.locator(ROW)).to_have_count(before - 1, timeout=PATIENCE)
        self.serving.remove(number)
        self.shift.closed += 1

    def note_memory(self) -> None:
        """Note the page's memory after collecting garbage."""
        self.devtools.send("HeapProfiler.collectGarbage")
        usage = self.devtools.send("Runtime.getHeapUsage")
        self.shift.heap.append(usage["usedSize"])


def _judged(shift: Shift, minutes: float) -> Result:
    tenth = max(1, len(shift.seen) // 10)
    parts = {
        name: (statistics.median(values[:tenth]), statistics.median(values[-tenth:]))
        for name, values in (("seen", shift.seen), ("opened", shift.opened))
    }
    # Data of the first minutes (lists, emojis, the first conversations) stay for good
    start = shift.heap[min(2, len(shift.heap) - 1)]
    growth = shift.heap[-1] / start
    seen, opened = parts["seen"], parts["opened"]
    steady = all(last <= SLOWER * first for first, last in parts.values()) and growth <= SLOWER
    measured = (
        f"in the list {milliseconds(1000 * seen[0])} -> {milliseconds(1000 * seen[1])}, opened "
        f"{milliseconds(1000 * opened[0])} -> {milliseconds(1000 * opened[1])}, memory "
        f"{start / 2**20:.0f} -> {shift.heap[-1] / 2**20:.0f} MiB"
    )
    if shift.complaints:
        measured += f", {len(shift.complaints)} errors"
    return Result(
        NAME,
        f"a technician's shift, {OPEN} conversations, {len(shift.seen)} answers, "
        f"{shift.closed} closed ({minutes:.0f} min)",
        f"last tenth and memory under {SLOWER} times the first, no error",
        measured,
        steady and not shift.complaints,
        {
            "seen_seconds": shift.seen,
            "opened_seconds": shift.opened,
            "heap_bytes": shift.heap,
            "complaints": shift.complaints,
            "closed": shift.closed,
        },
    )
