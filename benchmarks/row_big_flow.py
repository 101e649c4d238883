"""Row 9: a flow of 11,111 menus: imported, checked, published.

Five levels of ten options.
"""

from pathlib import Path

from .result import Result
from .setting import Bench

NAME = "big_flow"
IMPORT_SECONDS = 60
CHECK_SECONDS = 5
ROOT = str(Path(__file__).resolve().parent.parent)

# As the wizard does it, file and all; then undone, for the other rows.
WORK = """
import json, os, sys, time
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
sys.path.insert(0, values["root"])
from benchmarks.big_flow import definition
from odoo.addons.chatbot_flow import engine
from odoo.addons.chatbot_flow.engine import exchange

seconds = {}
def timed(name, work, *arguments):
    start = time.perf_counter()
    result = work(*arguments)
    env.flush_all()
    seconds[name] = round(time.perf_counter() - start, 2)
    return result

text = exchange.dump(definition(values["levels"]))
document = timed("read", exchange.load, text)
flow = env["chatbot.flow"]._new_from_document(document.data)
timed("import", flow._load_document, document.data)
env.invalidate_all()
made = timed("definition", flow._definition)
problems = timed("check", engine.check, made)
timed("publish", flow.action_publish)
env.cr.rollback()
print(json.dumps({"seconds": seconds, "problems": len(problems), "steps": len(made["steps"])}))
"""


def measure(bench: Bench) -> Result:
    """Read the file, make the records, judges the flow and publish it, in one process."""
    found = bench.json_shell(WORK, levels=bench.pick(5, 4, 2), root=ROOT)
    seconds = found["seconds"]
    whole = seconds["read"] + seconds["import"]
    return Result(
        NAME,
        f"a flow of {found['steps']:,} steps: import, check, publish",
        f"import < {IMPORT_SECONDS} s, check < {CHECK_SECONDS} s",
        f"{whole:.0f} s, {seconds['check']:.1f} s, {seconds['publish']:.0f} s",
        not found["problems"] and whole < IMPORT_SECONDS and seconds["check"] < CHECK_SECONDS,
        found,
    )
