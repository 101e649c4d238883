"""Reading a screen to the last corner: filters, columns, pages, lines, windows.

What is wrong is collected, so that one run tells everything.
"""

import contextlib
import dataclasses
import re

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

from tests.e2e.screens_walk import ERRORS, settle
from tests.e2e.screens_words import untranslated

MENU = ".o-dropdown--menu, .o_popover"
# Drop-downs over a list or a form that change nothing by being opened.
DROP_DOWNS = (
    ".o_searchview_dropdown_toggler",
    ".o_cp_action_menus .dropdown-toggle, .o_cp_action_menus .o-dropdown",
    ".o_optional_columns_dropdown_toggle",
)
# A button that opens a window has its number as a name; others do things.
OPENING = re.compile(r"^\d+$")
# So many lines and windows of one form are opened: the rest is more of the same.
LINES, WINDOWS = 4, 4


@dataclasses.dataclass
class Findings:
    """Findings, each with its place."""

    found: list[str] = dataclasses.field(default_factory=list)

    def look(self, page: Page, where: str) -> None:
        """Read the present screen."""
        settle(page)
        for fault in sorted(untranslated(page)):
            if not any(line.endswith(fault) for line in self.found):
                self.found.append(f"{where}: {fault}")

    def check(self) -> None:
        """Fail with all findings."""
        assert not self.found, "\n" + "\n".join(self.found)


def look_into_drop_downs(page: Page, where: str, findings: Findings) -> None:
    """Open filters and groups, the cogwheel's menu and the list of columns."""
    for selector in DROP_DOWNS:
        toggles = page.locator(".o_action_manager").locator(selector)
        if not toggles.count() or not toggles.first.is_visible():
            continue
        clear_notices(page)
        toggles.first.click()
        menu = page.locator(MENU).last
        menu.wait_for()
        findings.look(page, f"{where}, drop-down")
        # Not by a key: while a line is edited, Odoo fails on each that is pressed in its list's
        # header, where this may stand (`record` is null there, odoo/odoo#254881).
        toggles.first.click()
        expect(page.locator(MENU)).to_have_count(0)


def look_into_lines(page: Page, where: str, findings: Findings) -> None:
    """Open the first line of each list in the form, as a window or where it is edited."""
    lists = page.locator(".o_form_view .o_field_x2many .o_list_renderer:visible")
    for number in range(min(lists.count(), LINES)):
        cells = lists.nth(number).locator(
            ".o_data_row .o_data_cell:not(.o_handle_cell):not(.o_list_button)"
        )
        if not cells.count():
            continue
        clear_notices(page)
        cells.first.click(position={"x": 4, "y": 4})
        opened(page)
        close_windows(page, f"{where}, line", findings)


def look_behind_buttons(page: Page, where: str, findings: Findings) -> None:
    """Open the windows of a form's buttons that do nothing yet."""
    buttons = page.locator(".o_form_statusbar button[name]:visible")
    names = [button.get_attribute("name") or "" for button in buttons.all()]
    for name in [name for name in dict.fromkeys(names) if OPENING.match(name)][:WINDOWS]:
        button = page.locator(f".o_form_statusbar button[name='{name}']:visible").first
        # Odoo lets nobody press it while the window before it is being closed
        expect(button).to_be_enabled()
        button.click()
        opened(page)
        close_windows(page, f"{where}, window", findings)


def clear_notices(page: Page) -> None:
    """Close the notices in a corner, so that none covers the next click."""
    page.locator(".o_notification_close").evaluate_all("all => all.forEach(one => one.click())")
    expect(page.locator(".o_notification")).to_have_count(0)


def keep_clear(page: Page) -> None:
    """Close from now on each notice in a corner before anything is clicked.

    One may come at any moment, and lie over the very button.
    """
    page.add_locator_handler(
        page.locator(".o_notification").first,
        lambda _notice: page.locator(".o_notification_close").evaluate_all(
            "all => all.forEach(one => one.click())"
        ),
        no_wait_after=True,
    )


def told(page: Page, words: str) -> None:
    """Wait until a notice says so; before `expect` looks, `keep_clear` would close it."""
    page.wait_for_function(
        "words => [...document.querySelectorAll('.o_notification')].some("
        "(one) => one.innerText.includes(words))",
        arg=words,
    )


def opened(page: Page) -> None:
    """Wait for what a click brings: a window, a line to edit, or nothing."""
    found = page.locator(".modal, .o_selected_row")
    with contextlib.suppress(TooLateError):
        found.first.wait_for(timeout=1500)
    settle(page)


def close_windows(page: Page, where: str, findings: Findings) -> None:
    """Read the window that is open, if one is, and close it without saving."""
    window: Locator = page.locator(".modal:not(.o_inactive_modal)")
    if not window.count():
        return
    window.last.locator(".modal-body").wait_for()
    findings.look(page, where)
    window.last.locator(".modal-header .btn-close").click()
    expect(window).to_have_count(0)
    assert page.locator(ERRORS).count() == 0, where
