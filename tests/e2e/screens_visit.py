"""Visiting every screen of an app by a person's menus, to the last corner."""

from playwright.sync_api import Page

from devtools.servers import ADMIN
from tests.e2e.people import UPDATING
from tests.e2e.screens_look import (
    Findings,
    look_behind_buttons,
    look_into_drop_downs,
    look_into_lines,
)
from tests.e2e.screens_roles import APPS, DIALOGS, ONLY_LISTS
from tests.e2e.screens_walk import (
    PAGE,
    Entry,
    go_back,
    menu_entries,
    open_app,
    open_dialog,
    open_entry,
    open_first,
    picture,
    renewed,
    settle,
    switch_view,
    turn_pages,
    view_kinds,
)

# Whose screens the guide shows, one by one
PORTRAYED = "adriana"
NEW = ".o_control_panel :is(.o_list_button_add, .o-kanban-button-new)"
VISITED: set[str] = set()
"""Menus whose screens somebody has looked at to the last corner."""


def walk_app(page: Page, app: str, login: str, findings: Findings) -> list[Entry]:
    """Check what an app offers to a person, and visit it; return its entries."""
    open_app(page, app)
    entries = list(menu_entries(page))
    offered = [f"{entry.section} ▸ {entry.text}" for entry in entries]
    sections = APPS[app][login]
    wanted = [f"{section} ▸ {text}" for section, texts in sections.items() for text in texts]
    for text in sorted({*offered} ^ {*wanted}):
        findings.found.append(f"{app}: {text}: {'not ' if text in wanted else ''}offered")
    assert len(set(offered)) == len(offered), offered
    # Menus both in a drop-down and on the page of settings are visited once.
    for entry in {entry.xmlid: entry for entry in entries}.values():
        # The system administrator sees more than Adriana in the configuration only: the secrets.
        if login != ADMIN[0] or entry.section == PAGE:
            walk(page, entry, UPDATING and login == PORTRAYED, findings)
    return entries


def walk(page: Page, entry: Entry, pictured: bool, findings: Findings) -> None:
    """Visit a screen's views, first record and a new one; the rest only once.

    :param pictured: take the picture that the guide shows of the screen
    """
    is_new = entry.xmlid not in VISITED
    VISITED.add(entry.xmlid)
    if entry.text in DIALOGS:
        open_dialog(page, entry)
        findings.look(page, entry.text)
        if pictured:
            picture(page, entry.picture)
        page.locator(".modal .btn-close").click()
        return
    open_entry(page, entry)
    kinds = view_kinds(page)
    findings.look(page, f"{entry.text}")
    if pictured:
        picture(page, entry.picture)
    for kind in kinds[1:] + kinds[:1]:
        switch_view(page, kind)
        findings.look(page, f"{entry.text}, {kind}")
    if is_new:
        look_into_drop_downs(page, entry.text, findings)
    if entry.text in ONLY_LISTS or entry.xmlid == "contact_center.event_menu":
        return
    if open_first(page):
        if is_new:
            walk_form(page, entry, findings)
        else:
            findings.look(page, f"{entry.text}, form")
        go_back(page)
    if page.locator(NEW).count():
        renewed(page, page.locator(NEW).first.click)
        findings.look(page, f"{entry.text}, new")
        discard = page.locator(".o_form_button_cancel")
        if discard.count():
            discard.first.click()
            settle(page)
        else:
            go_back(page)


def walk_form(page: Page, entry: Entry, findings: Findings) -> None:
    """Visit a record: its chatter, pages, lines, menu, and its buttons' windows."""
    where = f"{entry.text}, form"
    findings.look(page, where)
    look_into_lines(page, where, findings)
    for title in turn_pages(page):
        findings.look(page, f"{where}, {title}")
        look_into_lines(page, f"{where}, {title}", findings)
    look_into_drop_downs(page, where, findings)
    look_behind_buttons(page, where, findings)
