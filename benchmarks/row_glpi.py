"""Row: tickets to GLPI and back: 1,000 pushed, 10,000 changed ones read.

GLPI is the sandbox's here, which answers in milliseconds, so that what is measured is the connector
and the database, not somebody's GLPI. A real one takes 30 to 100 ms for each request: the requests
per ticket tell what it would add.
"""

from sandbox import defaults

from .result import Result
from .setting import Bench

NAME = "glpi"
PUSHED, CHANGED = 1000, 10_000
# A city with 30,000 tickets a year has 20 in its busiest minute.
GOAL_PER_SECOND = 5
GOAL_REQUESTS = 6

# Run by `odoo shell`. Every ticket has a category, a place and an e-mail address; every changed one
# a new status.
SCRIPT = """
import json, os, resource, time
from datetime import datetime, timedelta
from unittest.mock import patch
import requests
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
Server, Ticket = env["glpi.server"].sudo(), env["glpi.ticket"].sudo()
server = Server.create({"name": "Bench", "url": values["url"], "app_token": values["app_token"],
    "user_token": values["user_token"]})
if "rate" in server._fields:
    server.rate = 0
place = {"server_id": server.id, "name": "x", "complete_name": "x", "glpi_id": 1}
category = env["glpi.category"].sudo().create(place)
location = env["glpi.location"].sudo().create(place)
partner = env["res.partner"].create({"name": "Bench"})
env.cr.commit()
usual, asked = requests.Session.send, [0]

def send(session, request, **options):
    asked[0] += 1
    return usual(session, request, **options)

def rows(method, query="", content=None):
    answer = requests.request(
        method, f"{values['url']}/control/rows{query}", json=content, timeout=60)
    answer.raise_for_status()
    return answer.json()

def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

def open_tickets(number):
    conversations = env["contact_center.conversation"]
    conversation = conversations._find_open(partner, "internal")
    conversation = conversation or conversations._open(partner, "internal")
    for index in range(number):
        Ticket._open_for(conversation, f"Chamado {index}", description="Não liga",
            category_id=category.id, location_id=location.id,
            requester_email=f"bench{index}@example.test", server_id=server.id)
    env.cr.commit()

def measured(work):
    before, start, earlier = memory(), time.monotonic(), asked[0]
    with patch("requests.Session.send", send):
        work()
    return {"seconds": time.monotonic() - start, "requests": asked[0] - earlier,
        "memory_mb": memory() - before}

def push():
    while Ticket.search_count([("server_id", "=", server.id), ("due_at", "!=", False)]):
        server._pump()

def poll():
    wanted = [("server_id", "=", server.id), ("glpi_status", "!=", "2")]
    while Ticket.search_count(wanted):
        server._poll()
        env.invalidate_all()

open_tickets(values["pushed"])
pushed = measured(push)
tickets = Ticket.search([("server_id", "=", server.id)])
row = max(rows("GET", "?kind=Ticket"), key=lambda one: one["id"])
missing = max(values["changed"] - values["pushed"], 0)
numbers = range(10**6, 10**6 + missing)
Ticket.create([
    {"conversation_id": tickets[0].conversation_id.id, "server_id": server.id, "title": "x",
     "glpi_id": number, "state": "open", "glpi_status": "1", "date_mod": row["date_mod"]}
    for number in numbers])
server.poll_mark = row["date_mod"]
env.cr.commit()
later = datetime.fromisoformat(row["date_mod"]) + timedelta(seconds=1)
change = {"status": 2, "date_mod": str(later)}
rows("PUT", content={"Ticket": [{**row, "id": number, **change} for number in numbers]
    + [{"id": ticket.glpi_id, **change} for ticket in tickets]})
polled = measured(poll)
rows("DELETE", content={"Ticket": [*numbers, *tickets.mapped("glpi_id")]})
jobs = env["queue.job"].sudo().search([("state", "=", "pending"), ("method_name", "=", "_pump")])
jobs.unlink()
server.active = False
env.cr.commit()
print(json.dumps({"pushed": pushed, "polled": polled}))
"""


def measure(bench: Bench) -> Result:
    """Push tickets, then read the news of ten times as many."""
    pushed, changed = bench.pick((PUSHED, CHANGED), (200, 1000), (3, 5))
    bench.say(f"{pushed} tickets are pushed, {changed} changed ones read")
    facts = bench.json_shell(
        SCRIPT,
        pushed=pushed,
        changed=changed,
        url=bench.stack.glpi_url,
        app_token=defaults.GLPI_APP_TOKEN,
        user_token=defaults.GLPI_USER_TOKEN,
    )
    push, poll = facts["pushed"], facts["polled"]
    push_rate, poll_rate = pushed / push["seconds"], changed / poll["seconds"]
    requests = push["requests"] / pushed
    return Result(
        NAME,
        f"{pushed} tickets pushed to GLPI, {changed} changed ones read (GLPI is the sandbox's)",
        f"{GOAL_PER_SECOND} tickets/s, {GOAL_REQUESTS} requests each",
        f"{push_rate:.0f}/s pushed with {requests:.1f} requests each, {poll_rate:.0f}/s read with "
        f"{poll['requests'] / changed:.1f}, {push['memory_mb'] + poll['memory_mb']:.0f} MB more",
        push_rate >= GOAL_PER_SECOND and poll_rate >= GOAL_PER_SECOND and requests <= GOAL_REQUESTS,
        {**facts, "tickets_pushed": pushed, "tickets_changed": changed},
    )
