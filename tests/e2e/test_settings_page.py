"""The page of settings: by people's words, by keyboard, on a telephone, by role."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from devtools.servers import Stack
from tests.e2e.accessibility import violations
from tests.e2e.people import People
from tests.e2e.screens_walk import (
    PAGE_ENTRIES,
    SECTIONS,
    open_app,
    open_settings,
    picture,
    renewed,
    settle,
)

# Words of an administrator, without accents as on a telephone: the entry to be found
WANTED = {
    "ponto facultativo": "Feriados",
    "feriado": "Feriados",
    "boas vindas": "Fluxos",
    "robo": "Fluxos",
    "chatbot": "Fluxos",
    "pesquisa": "Mensagens automáticas",
    "expediente": "Horário de atendimento",
    "token": "Números",
    "webhook": "Números",
    "caiu": "Saúde do sistema",
    "backup": "Saúde do sistema",
    "LANCHE": "Motivos de pausa",
    "frase pronta": "Respostas prontas",
    "etiqueta": "Marcadores",
    "janela": "Modelos",
    "manutencao": "Paradas programadas",
    "sigilo": "Termos de confidencialidade",
    "quem viu": "Registro de acessos",
    "libras": "Especialidades",
    "chamado falha": "Para o GLPI",
    "exportar": "Entrega de todos os dados",
}


def settings(people: People, login: str, **size: int) -> Page:
    """Return the page of settings of a demo user."""
    page = people.user(login, **size)
    open_app(page)
    open_settings(page)
    return page


def names(page: Page) -> Locator:
    """Return names of the entries that are shown."""
    return page.locator(f"{PAGE_ENTRIES} .o-settings-name")


def test_everything_is_found_by_the_words_that_people_use(people: People) -> None:
    page = settings(people, "adriana")
    expect(page.get_by_test_id("settings-search")).to_be_focused()
    expect(page.get_by_test_id("settings-group")).to_have_count(10)
    picture(page, "tela-contact-center-settings")
    assert violations(page) == []
    total = names(page).count()
    assert total > 35
    search = page.get_by_test_id("settings-search")
    for words, entry in WANTED.items():
        search.fill(words)
        expect(names(page).get_by_text(entry, exact=True)).to_have_count(1)
        expect(names(page)).not_to_have_count(total)
        assert names(page).count() <= 10, f"“{words}” finds nearly everything"
    search.fill("xyzzy")
    expect(page.get_by_test_id("settings-nothing")).to_be_visible()
    page.get_by_role("button", name="Mostrar todas").click()
    expect(names(page)).to_have_count(total)


def test_page_is_used_by_keyboard_and_one_comes_back_to_the_search(people: People) -> None:
    page = settings(people, "adriana")
    expect(page.get_by_test_id("settings-search")).to_be_focused()
    total = names(page).count()
    page.keyboard.type("feri")
    expect(names(page).first).to_have_text("Feriados")
    renewed(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(".o_breadcrumb .active")).to_contain_text("Feriados")
    renewed(page, page.locator(".o_back_button").first.click)
    search = page.get_by_test_id("settings-search")
    expect(search).to_have_value("feri")
    expect(search).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(PAGE_ENTRIES).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    expect(search).to_have_value("")
    # The field is empty one frame before all entries are back
    expect(names(page)).to_have_count(total)
    page.keyboard.press("ArrowDown")
    expect(page.locator(PAGE_ENTRIES).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(PAGE_ENTRIES).nth(1)).to_be_focused()


def test_all_menus_stand_in_the_bar_and_no_drop_down_of_settings_is_left(people: People) -> None:
    """None hides behind a "+" on the screen of an office."""
    page = settings(people, "adriana")
    bar = page.locator(SECTIONS)
    expect(bar.get_by_text(re.compile("^Configuração$"))).to_have_count(0)
    expect(bar.get_by_text("Configurações", exact=True)).to_be_visible()
    expect(bar.locator(".o_menu_sections_more")).to_have_count(0)
    for item in page.locator(f"{SECTIONS} > *").all():
        expect(item).to_be_visible()


def test_settings_on_a_telephone(people: People, stack: Stack) -> None:
    page = people.user("adriana", width=390, height=844)
    page.goto(f"{stack.odoo_url}/odoo/configuracoes")
    page.locator(PAGE_ENTRIES).first.wait_for()
    settle(page)
    # The keyboard of a telephone would cover the page
    page.locator(".o_menu_toggle").click()
    sidebar = page.locator(".o_app_menu_sidebar")
    expect(sidebar.get_by_text("Configurações", exact=True)).to_be_visible()
    expect(sidebar.get_by_text("Motivos de pausa")).to_have_count(0)
    sidebar.locator(".o_sidebar_close").click()
    expect(sidebar).to_have_count(0)
    width = page.evaluate("() => document.querySelector('[data-testid=settings-page]').scrollWidth")
    assert width <= 390
    page.get_by_test_id("settings-search").fill("feriado")
    expect(names(page).first).to_have_text("Feriados")
    picture(page, "mobile-settings")
    renewed(page, names(page).first.click)
    expect(page.locator(".o_breadcrumb")).to_contain_text("Feriados")


@pytest.mark.parametrize(
    ("login", "mine", "not_mine"),
    [
        ("sofia", "Aprovações de fluxos", "Filas"),
        ("beatriz", "Prazos de guarda", "Aprovações de fluxos"),
    ],
)
def test_others_find_what_is_theirs(people: People, login: str, mine: str, not_mine: str) -> None:
    page = settings(people, login)
    expect(names(page).get_by_text(mine, exact=True)).to_be_visible()
    expect(names(page).get_by_text(not_mine, exact=True)).to_have_count(0)


def test_technicians_have_no_such_page(people: People) -> None:
    page = people.user("joana")
    open_app(page)
    expect(page.locator(SECTIONS).get_by_text("Configurações")).to_have_count(0)
