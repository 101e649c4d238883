"""Row 8: ten services at once, thirty citizens in each (requirement B05).

Ten flows, each the complete 156 menu, serve thirty citizens each at the same time through the
webhook. A number has one flow, so the number is given one flow after the other while the citizens
of each begin; from then on all of them write in turns.
"""

from . import citizens
from .exchange import Exchange
from .load import in_milliseconds
from .processor import ProcessorTime
from .result import Result, milliseconds
from .setting import Bench

NAME = "flows"
GOAL_MS = 1000
FLOWS = 10
EACH = 30
RATE = 20
# Taxes, IPTU, second copy, main menu again, licences, company: then a person comes.
SCRIPT = ("3", "1", "1", "1", "5", "1")

MAKE = """
import json, os
wanted = json.loads(os.environ["CONTACT_CENTER_VALUES"])["flows"]
template = env.ref("chatbot_flow.template_156")
flows = env["chatbot.flow"]
for _number in range(wanted):
    flow, _notices = template._make_flow()
    flow.action_publish()
    flows |= flow
env.cr.commit()
print(json.dumps(flows.ids))
"""
SESSIONS = """
SELECT count(DISTINCT flow_id), count(*), count(*) FILTER (WHERE error_at IS NOT NULL),
       count(*) FILTER (WHERE status = 'handed_over')
FROM chatbot_flow_session WHERE flow_id = ANY(%s)
"""


class Services(Exchange):
    """Citizens of all flows who write in turns, each one step further every round."""

    citizens = FLOWS * EACH

    def _write(self, index: int) -> None:
        stage, citizen = divmod(index, self.citizens)
        number = citizens.wa_id(citizen, self.group)
        self.bench.write(number, SCRIPT[stage], f"{self._prefix}{index}")

    def begin(self, citizen: int) -> None:
        """Send a citizen's first word."""
        self.bench.write(citizens.wa_id(citizen, self.group), "oi")


def begin(bench: Bench, services: Services, flows: list[int], each: int) -> None:
    """Let citizens begin each flow, one after another; the numbers' own stay."""
    usual = bench.query("SELECT id, flow_id FROM whatsapp_account")
    try:
        for place, flow in enumerate(flows):
            bench.execute("UPDATE whatsapp_account SET flow_id = %(flow)s", flow=flow)
            for citizen in range(place * each, (place + 1) * each):
                services.begin(citizen)
            bench.drain()
    finally:
        for account, flow in usual:
            bench.execute(
                "UPDATE whatsapp_account SET flow_id = %(flow)s WHERE id = %(id)s",
                flow=flow,
                id=account,
            )


def measure(bench: Bench) -> Result:
    """Let 300 citizens of 10 flows write until each was handed over.

    20 messages a second.
    """
    number, each = bench.pick((FLOWS, EACH), (FLOWS, EACH), (2, 2))
    flows = bench.json_shell(MAKE, flows=number)
    services = Services(bench, RATE)
    services.citizens = number * each
    begin(bench, services, flows, each)
    stages = bench.pick(len(SCRIPT), 2, 2)
    with ProcessorTime(bench.stack) as processor:
        services.run(number * each * stages / RATE)
        drained = bench.drain()
    answered = services.answered()
    facts = in_milliseconds(list(answered.values()))
    missing = len(services.samples) - len(answered)
    of_flows, sessions, failed, handed_over = bench.query(SESSIONS, [flows])[0]
    whole = of_flows == number and sessions == number * each and not failed
    measured = f"p95 {milliseconds(facts['p95_ms'])}, {sessions} sessions of {of_flows} flows"
    if missing or failed:
        measured += f", {missing} without an answer, {failed} failed"
    return Result(
        NAME,
        f"{number} flows with {each} sessions each at once, {RATE}/s",
        "p95 < 1 s, none lost",
        measured,
        whole and not missing and facts["p95_ms"] < GOAL_MS,
        {
            **facts,
            "sent": len(services.samples),
            "unanswered": missing,
            "handed_over": handed_over,
            "why": services.explain(answered),
            "drained": drained,
            "processor_seconds": processor.used,
        },
    )
