"""The cost of Odoo itself on this machine in this run: a measure for our figures.

Processor time of a machine differs from day to day, with its clock and its other users; a
ratio to something simple that was measured at the same time does not.
"""

from dataclasses import dataclass

from .setting import Bench

POSTS, REQUESTS, WARM = 100, 300, 20

# Run by `odoo shell`, so that one process and one backend do it all and can be read exactly.
SCRIPT = """
import json, os, time
import psutil
from werkzeug.test import Client
from odoo import http
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])

class Insert(http.Controller):
    __module__ = "odoo.addons.whatsapp_helpdesk.bench"

    @http.route("/bench/insert", type="http", auth="none", methods=["POST"], csrf=False,
        save_session=False, readonly=False)
    def insert(self):
        http.request.env.cr.execute(
            "INSERT INTO bench_insert (body, at) VALUES (%s, now())",
            [http.request.httprequest.get_data(as_text=True)])
        return http.request.make_response("")

def backends():
    with env.registry.cursor() as cr:
        cr.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = %s", [mine])
        return [row[0] for row in cr.fetchall()]

def used():
    seconds = 0.0
    for pid in backends():
        times = psutil.Process(pid).cpu_times()
        seconds += times.user + times.system
    return time.process_time(), seconds

def measured(work, times):
    for _time in range(values["warm"]):
        work()
    before = used()
    for _time in range(times):
        work()
    after = used()
    return [(end - start) * 1000 / times for start, end in zip(before, after)]

env.cr.execute("SELECT current_setting('application_name')")
mine = env.cr.fetchone()[0]
bot = env.ref("contact_center.partner_bot")
citizen = env["res.partner"].create({"name": "Bench"})
channel = env["discuss.channel"].with_context(install_mode=True).create(
    {"name": "Bench", "channel_type": "livechat", "livechat_operator_id": bot.id})
env.cr.execute("CREATE TABLE bench_insert (id serial PRIMARY KEY, body jsonb, at timestamptz)")
env.cr.commit()

def post():
    channel.message_post(author_id=citizen.id, body="A impressora não liga.",
        message_type="comment", subtype_xmlid="mail.mt_comment")
    env.cr.commit()

client, body = Client(http.root), json.dumps({"text": "A impressora não liga."}).encode()

def insert():
    answer = client.post("/bench/insert", data=body, content_type="application/json")
    assert answer.status_code == 200, answer.status

found = {"message_post": measured(post, values["posts"]),
    "insert": measured(insert, values["requests"])}
env.cr.execute("SELECT count(*) FROM bench_insert")
assert env.cr.fetchone()[0] == values["requests"] + values["warm"]
env.cr.execute("DROP TABLE bench_insert")
env.cr.commit()
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Baseline:
    """Milliseconds of processor time, Odoo's and PostgreSQL's together.

    :param message_post: one bare `message_post` on a live chat channel, committed
    :param insert: one request to an Odoo controller that inserts a row and does nothing else,
        without the server's socket
    """

    message_post: float
    insert: float


def measure(bench: Bench) -> Baseline:
    """Return the present cost of both."""
    found = bench.json_shell(
        SCRIPT,
        posts=bench.pick(POSTS, 50, 5),
        requests=bench.pick(REQUESTS, 100, 5),
        warm=bench.pick(WARM, WARM, 2),
    )
    return Baseline(*(round(sum(found[name]), 2) for name in ("message_post", "insert")))
