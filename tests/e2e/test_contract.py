"""A month is settled by both parties, down to the contact behind a fine."""

import dataclasses
import datetime
import json

import pytest
from playwright.sync_api import Page, expect

from devtools.servers import Stack
from tests.e2e.desk import admin, person
from tests.e2e.people import People
from tests.e2e.screens_walk import MANAGEMENT, open_app, open_menu, renewed, settle, switch_view

# Run by `odoo shell`: a contract, its inspector, and a month that is over in which three of four
# contacts were lost on its last day
MONTH = """
import json
from datetime import timedelta
from odoo import fields
from odoo.addons.contact_center.core.microseconds import SECOND, from_us, to_us
from odoo.addons.contact_center_indicator import measure

source = env["contact_center.indicator.source"]
last = measure.first_of_month(source._today()) - timedelta(days=1)
month = measure.days_of_month(last.year, last.month)
adriana = env["res.users"].search([("login", "=", "adriana")])
inspector = env["res.users"].search([("login", "=", "marcos")])
inspector.group_ids += env.ref("contact_center_indicator.group_contract_inspector")
contract = env["contact_center.contract"].with_user(adriana).create({
    "name": "Central 156", "number": "42/2024", "supplier": "Atende Mais Ltda.",
    "document": "Contrato 42/2024", "start": last - timedelta(days=800)})
contract.action_request()
contract.with_user(inspector).action_approve()
env["contact_center.contract.invoice"].with_user(adriana).create({
    "contract_id": contract.id, "month": month[0], "amount": 100000, "document": "NF 77"})
queue = env["contact_center.queue"].search([], limit=1)
at = to_us(source._period(last).start + timedelta(hours=10))
protocols = []
for number in range(4):
    citizen = env["res.partner"].create({"name": f"Cidadão {number} do Extrato"})
    conversation = env["contact_center.conversation"]._open(citizen, "internal", queue=queue)
    begun, left = at + number * SECOND, at + (number + 30) * SECOND
    answered = number == 3
    env["contact_center.stay"].create({
        "conversation_id": conversation.id, "queue_id": queue.id, "entered_at": from_us(begun),
        "entered_us": begun, "since_us": begun, "left_at": from_us(left), "left_us": left,
        "left_how": "accepted" if answered else "abandoned",
        "agent_id": adriana.id if answered else False})
    env.flush_all()
    env.cr.execute("UPDATE contact_center_conversation SET state = 'closed' WHERE id = %s",
                   (conversation.id,))
    env.invalidate_all()
    if not answered:
        protocols.append(conversation.protocol)
for day in month:
    env["contact_center.indicator.seal"]._freeze(day)
env.cr.commit()
print(json.dumps({"month": fields.Date.to_string(month[0]), "lost": protocols}))
"""


@dataclasses.dataclass(frozen=True)
class Month:
    """The month that is settled, and protocols of the contacts that were lost."""

    start: datetime.date
    lost: list[str]


@pytest.fixture(scope="module")
def month(stack: Stack) -> Month:
    """Return a month of closed days, under a contract that both parties approved."""
    made = json.loads(stack.shell(MONTH).splitlines()[-1])
    return Month(datetime.date.fromisoformat(made["month"]), made["lost"])


def field(page: Page, name: str):
    """Return the field of the form."""
    return page.locator(f".o_form_view [name={name}]").first


def test_a_month_is_settled_by_both_parties_and_printed(
    people: People, stack: Stack, month: Month
) -> None:
    """Adriana works it out and says why, Marcos looks behind the fine, approves and prints."""
    page = people.user("adriana")
    open_app(page, MANAGEMENT)
    open_menu(page, "Extratos mensais")
    renewed(page, page.locator(".o_list_button_add").first.click)
    start = field(page, "start").locator("input, button").first
    start.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(f"{month.start:%d/%m/%Y}")
    page.keyboard.press("Tab")
    page.locator(".o_form_button_save").click()
    page.get_by_role("button", name="Apurar o mês").click()
    reasons = field(page, "reason_ids").locator(".o_data_row")
    expect(reasons.filter(has_text="IAL")).to_have_count(1)
    for number in range(reasons.count()):
        reasons.nth(number).locator("[name=text]").click()
        reasons.nth(number).locator("[name=text] textarea").fill("Faltaram dois atendentes")
    page.locator(".o_form_button_save").click()
    settle(page)
    page.get_by_role("button", name="Pedir aprovação").click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Aguardando aprovação")

    statement = admin(stack).search_read(
        "contact_center.indicator.statement", [], ["id", "total", "state"]
    )[0]
    # Abandonment 75 %, service level below 60 %, a mean wait of 30 seconds: 2 + 2 + 1 %
    assert (statement["state"], statement["total"]) == ("requested", 5000)
    look_behind_and_approve(people, stack, month)
    read = person(stack, "marcos").search_read(
        "contact_center.indicator.statement", [("id", "=", statement["id"])], ["state"]
    )
    assert read[0]["state"] == "approved"


def look_behind_and_approve(people: People, stack: Stack, month: Month) -> None:
    """Go from the fine to the contacts, back, approve, and print what both sign."""
    page = people.user("marcos")
    open_app(page, MANAGEMENT)
    open_menu(page, "Extratos mensais")
    renewed(page, page.locator(".o_data_row .o_data_cell").first.click)
    statement_url = page.url
    fine = field(page, "line_ids").locator(".o_data_row").filter(has_text="IAL: faixa alta")
    expect(fine).to_contain_text("2.000,00")
    renewed(page, fine.locator("button[name=action_behind]").click)
    # All of those who left; those who were answered stand on their agent's line
    lost = page.locator(".o_data_row").filter(has_text="100,00")
    renewed(page, lost.locator("button[name=action_contacts]").click)
    switch_view(page, "list")
    rows = page.locator(".o_data_row")
    expect(rows).to_have_count(len(month.lost))
    for protocol in month.lost:
        expect(rows.filter(has_text=protocol)).to_have_count(1)

    page.goto(statement_url)
    page.get_by_role("button", name="Aprovar").click()
    page.locator(".modal .btn-primary").click()
    expect(page.locator(".o_arrow_button_current")).to_have_text("Aprovada")
    number = admin(stack).search_read("contact_center.indicator.statement", [], ["id"])[0]["id"]
    report = "contact_center_indicator.indicator_statement_document"
    page.goto(f"{stack.odoo_url}/report/html/{report}/{number}")
    for words in ("Extrato do mês", "Faltaram dois atendentes", "Pela prefeitura", "42/2024"):
        expect(page.locator("main, body").first).to_contain_text(words)
    assert page.pdf()[:5] == b"%PDF-"
