"""Walking through every screen that a person's menus offer, by real clicks."""

import dataclasses
import re
from collections.abc import Callable, Iterator

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import IMAGES, UPDATING

APP = "Atendimento"
# The application for managers, to which addons add their sections
MANAGEMENT = "Gestão da central"
# The page on which the settings stand, instead of a drop-down
PAGE = "Configurações"
COLOURS = 192
SECTIONS = ".o_menu_sections"
PAGE_LINK = f"{SECTIONS} a[data-menu-xmlid='contact_center.settings_menu']"
PAGE_ENTRIES = "[data-testid=settings-page] [data-testid=settings-entry]"
SHOWN = ".o_action_manager > .o_action"
# A view draws its frame first, and this when its records have come.
CONTENT = (
    ":is(.o_list_renderer, .o_kanban_renderer, .o_form_renderer, .o_pivot, .o_view_nocontent, "
    ".o-mail-Discuss, [data-testid=health-check], [data-testid=team-agent], "
    "[data-testid=settings-entry], [data-testid=first-step])"
)
# Odoo's dialogs of errors, in the browser or on the server.
ERRORS = ".o_error_dialog, .o_notification:has(.text-bg-danger), .o_notification.text-bg-danger"


@dataclasses.dataclass(frozen=True)
class Entry:
    """One entry of the app's menus.

    ``section`` is the drop-down it stands in, "" for none, or `PAGE` for the page of settings.
    """

    section: str
    text: str
    xmlid: str

    @property
    def picture(self) -> str:
        """Name of the picture of its screen in the guide."""
        return "tela-" + self.xmlid.replace("_menu", "").replace(".", "-").replace("_", "-")


def open_app(page: Page, name: str = APP) -> None:
    """Open one of our apps in the grid or the drop-down of apps."""
    # The first screen, if it came later, would take the place of the app's
    page.locator(SHOWN).last.wait_for()
    settle(page)
    app = show_apps(page).filter(has_text=name)
    renewed(page, app.click)
    # The menus follow the screen
    expect(page.locator(".o_menu_brand")).to_contain_text(name)
    expect(page.locator(SECTIONS)).to_be_visible()


def show_apps(page: Page) -> Locator:
    """Show the grid or the drop-down of apps; return all that are offered."""
    if page.locator(".o_navbar_apps_menu button").count():
        page.locator(".o_navbar_apps_menu button").click()
    apps = page.locator(".o_app")
    apps.first.wait_for()
    return apps


def offers_app(page: Page, name: str) -> bool:
    """Return whether the user is offered one of our apps; close the drop-down."""
    found = show_apps(page).filter(has_text=name).count() > 0
    page.keyboard.press("Escape")
    return found


def renewed(page: Page, act: Callable[[], None], selector: str = SHOWN) -> Locator:
    """Do ``act``; return what then stands at ``selector`` instead of what was there."""
    page.evaluate(
        "selector => document.querySelectorAll(selector).forEach(el => el.dataset.seen = '1')",
        selector,
    )
    act()
    shown = page.locator(f"{selector}:not([data-seen])").last
    shown.wait_for()
    shown.locator(CONTENT).first.wait_for()
    settle(page)
    return shown


def settle(page: Page) -> None:
    """Wait until Odoo has no call under way; complain about what it complains about."""
    page.wait_for_function("() => !document.querySelector('.o_loading_indicator, .o_blockUI')")
    errors = page.locator(ERRORS)
    assert errors.count() == 0, f"{page.url}: {errors.first.inner_text()}"


def menu_entries(page: Page) -> Iterator[Entry]:
    """Yield the open app's entries: the bar from left to right, then the settings."""
    yield from bar_entries(page)
    yield from settings_entries(page)


def bar_entries(page: Page) -> Iterator[Entry]:
    """Yield the entries of the navigation bar, left to right."""
    yield from entries_of("", page.locator(f"{SECTIONS} > a.o_nav_entry"))
    for toggle in page.locator(f"{SECTIONS} > button").all():
        section = toggle.inner_text().strip()
        items = open_section(page, section)
        yield from entries_of(section, items)
        toggle.click()
        expect(items).to_have_count(0)


def entries_of(section: str, items: Locator) -> list[Entry]:
    """Return the entries at these places, read at once."""
    found = items.evaluate_all(
        """all => all.map((item) => [
            (item.querySelector(".o-settings-name") || item).innerText.trim(),
            item.dataset.menuXmlid || "",
        ])"""
    )
    return [Entry(section, text, xmlid) for text, xmlid in found]


def settings_entries(page: Page) -> list[Entry]:
    """Open the page of settings; return its entries, none if the user has no page."""
    if not page.locator(PAGE_LINK).count():
        return []
    open_settings(page)
    return entries_of(PAGE, page.locator(PAGE_ENTRIES))


def open_settings(page: Page) -> None:
    """Show the page of settings with nothing searched for."""
    renewed(page, page.locator(PAGE_LINK).click)


def open_section(page: Page, section: str) -> Locator:
    """Drop the section down; returns its entries."""
    page.locator(f"{SECTIONS} > button").get_by_text(section, exact=True).click()
    items = page.locator(".o-dropdown--menu a.dropdown-item")
    items.first.wait_for()
    return items


def open_menu(page: Page, text: str) -> Locator:
    """Click the entry that reads ``text``, settings first; return what it leads to."""
    found = [entry for entry in settings_entries(page) if entry.text == text]
    if not found:
        found = [entry for entry in bar_entries(page) if entry.text == text][-1:]
    return open_entry(page, found[0])


def find_entry(page: Page, entry: Entry) -> Locator:
    """Return the element to click for a menu entry, opening its section."""
    if not entry.section:
        return page.locator(f"{SECTIONS} > a[data-menu-xmlid='{entry.xmlid}']")
    if entry.section == PAGE:
        if not page.locator(PAGE_ENTRIES).count():
            open_settings(page)
        return page.locator(f"{PAGE_ENTRIES}[data-menu-xmlid='{entry.xmlid}']")
    items = open_section(page, entry.section)
    return items.and_(page.locator(f"[data-menu-xmlid='{entry.xmlid}']"))


def open_entry(page: Page, entry: Entry) -> Locator:
    """Click a menu entry and return the screen it leads to."""
    return renewed(page, find_entry(page, entry).click)


def open_dialog(page: Page, entry: Entry) -> Locator:
    """Click a menu entry that asks something over the screen; return the dialog."""
    find_entry(page, entry).click()
    dialog = page.locator(".modal")
    dialog.locator(".o_form_renderer").wait_for()
    settle(page)
    return dialog


def view_kinds(page: Page) -> list[str]:
    """Return the kinds of view that the screen's switch offers; none for only one."""
    switches = page.locator(".o_cp_switch_buttons .o_switch_view")
    classes = [switch.get_attribute("class") or "" for switch in switches.all()]
    return [re.search(r"o_switch_view o_(\w+)", one).group(1) for one in classes]


def switch_view(page: Page, kind: str) -> None:
    """Show the screen's records as ``kind``."""
    switch = page.locator(f".o_cp_switch_buttons .o_switch_view.o_{kind}")
    if "active" not in (switch.get_attribute("class") or ""):
        renewed(page, switch.click)


def open_first(page: Page) -> bool:
    """Open the form of the first record of a list or kanban; False when there is none."""
    records = page.locator(
        ".o_list_view:not(.o_list_editable) .o_data_row .o_data_cell, "
        ".o_kanban_view .o_kanban_record:not(.o_kanban_ghost)"
    )
    if not records.count() or page.locator(".o_list_view .o_data_row.o_selected_row").count():
        return False
    renewed(page, lambda: records.first.click(position={"x": 5, "y": 5}))
    return True


def turn_pages(page: Page) -> Iterator[str]:
    """Turn to every page of the form's notebooks; yields their titles."""
    for tab in page.locator(".o_form_view .o_notebook_headers .nav-link").all():
        tab.click()
        settle(page)
        yield tab.inner_text().strip()


def go_back(page: Page) -> None:
    """Go back to the list by the breadcrumb, in one step whatever is behind it."""
    back = page.locator(".o_control_panel .o_back_button").first
    renewed(page, back.click)


def picture(page: Page, name: str) -> None:
    """Take a picture for the documentation: no notices, no focus, no movement."""
    # All at once: one that goes by itself meanwhile would leave another one's place empty.
    page.locator(".o_notification_close").evaluate_all("all => all.forEach(one => one.click())")
    page.evaluate("() => document.activeElement.blur()")
    page.mouse.move(0, 0)
    page.wait_for_timeout(600)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    if UPDATING:
        # Of few colours, for a repository that keeps every edition of it
        Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
