"""A manager's dashboards down to a contact; an inspector releases a measurement."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from devtools.servers import Stack
from tests.e2e.desk import admin, person
from tests.e2e.people import People
from tests.e2e.screens_people import NETWORK, PRINTER, Citizen
from tests.e2e.screens_roles import DASHBOARDS
from tests.e2e.screens_walk import MANAGEMENT, open_app, open_menu, renewed, settle, switch_view
from tests.e2e.screens_words import untranslated

INSPECTOR = ("ines", "ines-demo-2026")
INSPECTORS = "contact_center_indicator.group_contract_inspector"


@pytest.fixture(scope="module")
def day(stack: Stack) -> Citizen:
    """Fill a day: one citizen is served, another one waits."""
    served, waiting = (Citizen(stack, wish) for wish in (PRINTER, NETWORK))
    for citizen in (served, waiting):
        citizen.open_ticket()
        citizen.ask_for_a_person()
    served.be_taken("joana")
    return waiting


def test_a_manager_opens_each_dashboard_down_to_a_contact(people: People, day: Citizen) -> None:
    """Each dashboard opens; a row leads to its contact."""
    page = people.user("marcos")
    open_app(page, MANAGEMENT)
    for name in DASHBOARDS:
        open_menu(page, name)
        expect(page.locator(".o_breadcrumb")).to_contain_text(name)
        assert not untranslated(page)
    open_menu(page, DASHBOARDS[0])
    switch_view(page, "list")
    row = page.locator(".o_data_row", has_text=day.protocol)
    renewed(page, row.locator(".o_data_cell").first.click)
    expect(page.locator("[name=protocol]").first).to_contain_text(day.protocol)


@pytest.fixture(scope="module")
def month(stack: Stack) -> date:
    """Let last month be measured and proposed by the contractor; return its first day."""
    last = date.today().replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    client = admin(stack)
    group = client.call("ir.model.data", "check_object_reference", *INSPECTORS.split("."))[1]
    client.call(
        "res.users",
        "create",
        {
            "login": INSPECTOR[0],
            "name": "Inês Fiscal",
            "email": "ines@exemplo.gov.br",
            "password": INSPECTOR[1],
            "lang": "pt_BR",
            "tz": "America/Sao_Paulo",
            "group_ids": [[6, 0, [group]]],
        },
    )
    decided = (
        (
            # Older than any other test's: theirs is the one in force
            "contact_center.contract",
            {"name": "156", "number": "CT 7", "supplier": "Atende Ltda.", "start": "2020-01-01"},
        ),
        (
            "contact_center.measurement.price",
            {"item": "HL6", "price": 4321.1, "start": str(first)},
        ),
    )
    for model, values in decided:
        made = person(stack, "adriana").call(model, "create", {**values, "document": "Contrato 7"})
        person(stack, "adriana").call(model, "action_request", [made])
        person(stack, INSPECTOR[0]).call(model, "action_approve", [made])
    measurement = "contact_center.measurement"
    values = {"start": str(first), "document": "Medição 1", "remarks": "Mês sem quedas"}
    made = person(stack, "adriana").call(measurement, "create", values)
    person(stack, "adriana").call(measurement, "action_request", [made])
    return first


def test_the_inspector_releases_a_measurement(people: People, month: date) -> None:
    """Down to the days of a line, then released with remarks; nobody can do it twice."""
    page = people.user(INSPECTOR[0])
    open_app(page, MANAGEMENT)
    open_menu(page, "Medições")
    renewed(page, page.locator(".o_data_row .o_data_cell").first.click)
    line = page.locator("[name=line_ids] .o_data_row", has_text="HL6")
    expect(line).to_contain_text("4.321,10")
    renewed(page, line.get_by_role("button", name="De que é feito").click)
    expect(page.locator(".o_data_row")).not_to_have_count(0)
    page.locator(".o_back_button").first.click()
    page.get_by_role("button", name="Liberar ou recusar").click()
    dialog = page.locator(".modal").last
    dialog.locator("[name=remarks] textarea").fill("Conferido com a folha de ponto")
    dialog.get_by_role("button", name="Liberar", exact=True).click()
    page.locator(".modal").last.get_by_role("button", name=re.compile("Ok", re.I)).click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Aprovado")
    settle(page)
    expect(page.locator("[name=release_remarks]")).to_contain_text("folha de ponto")
    expect(page.get_by_role("button", name="Liberar ou recusar")).to_have_count(0)
    page.get_by_role("button", name="Conferir").click()
    expect(page.locator(".o_notification").last).to_contain_text("Nada mudou")
