"""Row: tickets on their way to GLPI and back: 1,000 pushed, 10,000 changed ones read.

GLPI stands in memory here (the fake of the connector's tests, in Odoo's own process), so that what
is measured is the connector and the database, not somebody's GLPI. A real one takes 30 to 100 ms
for each request: the requests per ticket tell what it would add.
"""

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
from unittest.mock import patch
from odoo.addons.glpi_connector.tests.fake_glpi import FakeGlpi
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
Server, Ticket = env["glpi.server"].sudo(), env["glpi.ticket"].sudo()
server = Server.create({"name": "Bench", "url": "https://bench.test", "user_token": "x"})
if "rate" in server._fields:
    server.rate = 0
place = {"server_id": server.id, "name": "x", "complete_name": "x", "glpi_id": 1}
category = env["glpi.category"].sudo().create(place)
location = env["glpi.location"].sudo().create(place)
partner = env["res.partner"].create({"name": "Bench"})
env.cr.commit()
fake = FakeGlpi()

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
    before, start, asked = memory(), time.monotonic(), fake.attempts
    work()
    return {"seconds": time.monotonic() - start, "requests": fake.attempts - asked,
        "memory_mb": memory() - before}

def push():
    while Ticket.search_count([("server_id", "=", server.id), ("due_at", "!=", False)]):
        server._pump()

def poll():
    wanted = [("server_id", "=", server.id), ("glpi_status", "!=", "2")]
    while Ticket.search_count(wanted):
        server._poll()
        env.invalidate_all()

with patch("requests.Session.request", fake.request):
    open_tickets(values["pushed"])
    pushed = measured(push)
    conversation = Ticket.search([("server_id", "=", server.id)], limit=1).conversation_id
    row = next(iter(fake.tickets.values()))
    missing = values["changed"] - values["pushed"]
    for number in range(10**6, 10**6 + max(missing, 0)):
        fake.tickets[number] = {**row, "id": number}
    Ticket.create([
        {"conversation_id": conversation.id, "server_id": server.id, "title": "x",
         "glpi_id": number, "state": "open", "glpi_status": "1", "date_mod": row["date_mod"]}
        for number in range(10**6, 10**6 + max(missing, 0))])
    server.poll_mark = row["date_mod"]
    env.cr.commit()
    for one in fake.tickets.values():
        one.update(status=2, date_mod="2026-11-21 20:30:00")
    polled = measured(poll)
jobs = env["queue.job"].sudo().search([("state", "=", "pending"), ("method_name", "=", "_pump")])
jobs.unlink()
server.active = False
env.cr.commit()
print(json.dumps({"pushed": pushed, "polled": polled}))
"""


def measure(bench: Bench) -> Result:
    """Push tickets, then read the news of ten times as many."""
    pushed, changed = (200, 1000) if bench.quick else (PUSHED, CHANGED)
    bench.say(f"{pushed} tickets are pushed, {changed} changed ones read")
    facts = bench.json_shell(SCRIPT, pushed=pushed, changed=changed)
    push, poll = facts["pushed"], facts["polled"]
    push_rate, poll_rate = pushed / push["seconds"], changed / poll["seconds"]
    requests = push["requests"] / pushed
    return Result(
        NAME,
        f"{pushed} tickets pushed to GLPI, {changed} changed ones read (GLPI in memory)",
        f"{GOAL_PER_SECOND} tickets/s, {GOAL_REQUESTS} requests each",
        f"{push_rate:.0f}/s pushed with {requests:.1f} requests each, {poll_rate:.0f}/s read with "
        f"{poll['requests'] / changed:.1f}, {push['memory_mb'] + poll['memory_mb']:.0f} MB more",
        push_rate >= GOAL_PER_SECOND and poll_rate >= GOAL_PER_SECOND and requests <= GOAL_REQUESTS,
        {**facts, "tickets_pushed": pushed, "tickets_changed": changed},
    )
