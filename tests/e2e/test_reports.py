"""Reports: a manager sees, exports, schedules them, issues a failed one again."""

import json
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from devtools.servers import Stack
from devtools.story import wait_until
from tests.e2e.desk import admin
from tests.e2e.people import People
from tests.e2e.screens_walk import MANAGEMENT, open_app, open_menu, picture, settle

# A citizen who gave up today, and a report that met a full disk
PREPARED = """
import json
import os
from unittest.mock import patch

values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
manager = env["res.users"].search([("login", "=", "marcos")])
queue = env["contact_center.queue"].create({"name": values["queue"], "calendar_id": False})
partner = env["res.partner"].create({"name": "Rita Relatório"})
conversation = env["contact_center.conversation"]._open(partner, "internal", queue=queue)
conversation._hand_over(reason="asked")
conversation._close("abandoned")
kinds = env["contact_center.report.kind"].with_user(manager)._in_portuguese()
today = kinds._days("today")
issues = env["contact_center.report.issue"].with_user(manager)
issue = issues._new(kinds._kind("abandoned"), *today, {}, ["csv"])
env.cr.commit()
module = "odoo.addons.contact_center_report.models.report_issue_run.sheet.write"
with patch(module, side_effect=OSError(28, "No space left on device")):
    issue._run()
print(json.dumps({"issue": issue.id}))
"""
QUEUE = "Fila dos relatórios"


@pytest.fixture(scope="module")
def prepared(stack: Stack) -> dict:
    """Make the contact and the failed report; the queue is archived afterwards."""
    made = json.loads(stack.shell(PREPARED, queue=QUEUE).splitlines()[-1])
    yield made
    client = admin(stack)
    found = client.call("contact_center.queue", "search", [("name", "=", QUEUE)])
    client.call("contact_center.queue", "write", found, {"active": False})


def downloaded(page: Page, name: str, folder: Path) -> Path:
    """Press a button; return where the file was saved that it brings."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def shown_rows(page: Page) -> list[list[str]]:
    """Return the rows of the report on the screen, with that of the totals."""
    rows = page.locator(".o_contact_center_report tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def test_a_manager_s_reports(people: People, stack: Stack, prepared: dict, tmp_path: Path) -> None:
    """Choose, see, export, schedule, issue again."""
    page = people.user("marcos")
    open_app(page, MANAGEMENT)
    open_menu(page, "Ver relatório")
    page.locator("[name=period] input").click()
    page.locator(".o_select_menu_item").get_by_text("Hoje", exact=True).click()
    page.get_by_role("button", name="Ver", exact=True).click()
    row = page.locator(".o_contact_center_report tbody tr").filter(has_text=QUEUE)
    expect(row).to_be_visible()
    picture(page, "relatorio")
    headings, *rows = shown_rows(page)
    assert headings[:3] == ["Fila", "Quando", "Recebidos"]
    assert rows[-1][0] == "Total"

    book = openpyxl.load_workbook(downloaded(page, "Excel (xlsx)", tmp_path))
    lines = [[str(cell.value) for cell in line] for line in book.worksheets[0].iter_rows()]
    start = next(place for place, line in enumerate(lines) if line[0] == "Fila")
    assert [line[:3] for line in lines[start + 1 :]] == [
        [cells[0], cells[1] or "None", cells[2]] for cells in rows
    ]

    page.get_by_role("button", name="Programar …").click()
    name = page.locator("[name=name] :is(input, textarea)")
    expect(name).to_have_value("Estatística por fila")
    name.fill("Filas todo dia")
    page.locator(".o_form_button_save").click()
    expect(page.locator("[name=next_at]")).to_be_visible()
    settle(page)

    open_menu(page, "Relatórios emitidos e programados")
    lines = page.locator(".o_list_renderer tbody tr.o_data_row")
    expect(lines.filter(has_text="Filas todo dia").filter(has_text="Programado")).to_have_count(1)
    failed = lines.filter(has_text="Falhou")
    expect(failed).to_have_count(1)
    failed.locator("[name=name]").click()
    expect(page.locator(".alert-danger")).to_contain_text("disco está cheio")
    page.get_by_role("button", name="Emitir de novo").click()
    expect(page.locator(".alert-danger")).to_be_hidden()

    def is_issued():
        (issue,) = admin(stack).call(
            "contact_center.report.issue", "read", [prepared["issue"]], ["state"]
        )
        return issue["state"] == "issued"

    wait_until(is_issued, "the report is issued again")
    domain = [("issue_id", "=", prepared["issue"])]
    (file,) = admin(stack).search_read("contact_center.report.file", domain, ["size", "suffix"])
    assert file["suffix"] == "csv" and file["size"] > 0
    page.reload()
    with page.expect_download() as download:
        page.locator("button[name=action_download]").click()
    assert download.value.suggested_filename.endswith(".csv")
