"""Row 8: opening the editor of a flow of 500 steps with its picture."""

import time

from devtools.chromium import headless_shell

from .load import in_milliseconds
from .result import Result, milliseconds
from .setting import Bench

NAME = "editor"
GOAL_MS = 2000
STEPS = 500
OPENINGS = 10
LOGIN = "adriana"

# Run by `odoo shell`: a tree of menus whose last options lead to a question, a check and an end.
MAKE_FLOW = """
import json, os
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
steps = [{"key": "oi", "kind": "message", "title": "Boas-vindas", "text": "{saudacao}!"}]
menus, todo, width = [], ["m"], 10
while len(steps) + 1 < values["steps"]:
    key = todo.pop(0)
    menu = {"key": key, "kind": "menu", "title": f"Menu {key}", "text": "O que deseja?"}
    menu["options"] = [
        {"id": str(n), "title": f"Assunto {key} {n}", "goto": "fim"} for n in range(width)]
    steps.append(menu)
    menus.append(menu)
    todo += [f"{key}_{n}" for n in range(width)]
known = {menu["key"] for menu in menus}
for menu in menus:
    for option in menu["options"]:
        target = f"{menu['key']}_{option['id']}"
        option["goto"] = target if target in known else "fim"
steps.append({"key": "fim", "kind": "end", "title": "Fim", "text": "Até logo."})
flow = env["chatbot.flow"].create({"name": "Bench"})
flow._load_definition({"name": "Bench", "steps": steps})
env.cr.commit()
print(json.dumps(len(flow.step_ids)))
"""


def measure(bench: Bench) -> Result:
    """Let an administrator open the flow's form again and again, from the list."""
    steps = bench.json_shell(MAKE_FLOW, steps=bench.pick(STEPS, STEPS, 30))
    openings = bench.pick(OPENINGS, 3, 1)
    bench.say(f"the editor of {steps} steps is opened {openings} times")
    seconds = _open(bench, openings)
    facts = in_milliseconds(seconds)
    return Result(
        NAME,
        f"opening the editor of a flow of {steps} steps until its picture is drawn",
        "< 2 s",
        f"p95 {milliseconds(facts['p95_ms'])}, slowest {milliseconds(max(seconds) * 1000)}",
        facts["p95_ms"] < GOAL_MS,
        {**facts, "steps": steps, "seconds": [round(one, 3) for one in seconds]},
    )


def _open(bench: Bench, openings: int) -> list[float]:
    """Return the seconds from the click on the flow in the list to its picture, each opening."""
    from playwright.sync_api import sync_playwright

    url = bench.stack.odoo_url
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=headless_shell(), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{url}/web/login")
        page.fill("input[name=login]", LOGIN)
        page.fill("input[name=password]", f"{LOGIN}-demo-2026")
        page.click("button[type=submit]")
        page.wait_for_selector(".o_main_navbar")
        for _time in range(openings + 1):
            page.goto(f"{url}/odoo/action-chatbot_flow.chatbot_flow_action")
            row = page.locator(".o_data_row").filter(has_text="Bench")
            row.wait_for()
            start = time.perf_counter()
            row.locator(".o_data_cell").first.click()
            page.locator(".o_flow_box").first.wait_for()
            found.append(time.perf_counter() - start)
        browser.close()
    return found[1:]  # the first one loads the browser's code
