"""Row: reports over a million stays, and 200,000 rows in each format."""

from .result import Result
from .setting import Bench

NAME = "report"
DAY_SECONDS, MONTH_SECONDS = 2, 5
CONTACTS = 1_000_000
A_DAY = 8_334
ROWS = 200_000

# Run by `odoo shell`: one contact as the models themselves make it, whose copies fill the ledgers.
MODEL = """
import json
partner = env["res.partner"].create({"name": "Bench"})
conversation = env["contact_center.conversation"]._open(partner, "internal")
conversation._close("resolved")
subjects = env["contact_center.disposition"].search([]).ids
if not subjects:
    subjects = env["contact_center.disposition"].create({"name": "Bench"}).ids
group = env.ref("contact_center.group_technician")
env.cr.commit()
print(json.dumps({"conversation": conversation.id, "subjects": subjects,
    "queues": env["contact_center.queue"].search([]).ids, "agents": group.all_user_ids.ids}))
"""

# Contacts come one after the other, of which one in twenty-five gives up; each waits for up to a
# minute and is served for two to five.
FILL = """
CREATE TEMP TABLE bench_report AS
SELECT n, at, at + wait AS answered, at + wait + served AS ended, n %% 25 = 0 AS lost,
    (%(queues)s::int[])[1 + n %% array_length(%(queues)s::int[], 1)] AS queue_id,
    (%(agents)s::int[])[1 + n %% array_length(%(agents)s::int[], 1)] AS agent_id,
    nextval('contact_center_conversation_id_seq') AS id
FROM (
    SELECT n, date_trunc('second', now() AT TIME ZONE 'UTC') - interval '1 day'
            - n * interval '1 day' / %(a_day)s AS at,
        n %% 60 * interval '1 second' AS wait, (120 + n %% 180) * interval '1 second' AS served
    FROM generate_series(1, %(contacts)s) n
) contact;
INSERT INTO contact_center_conversation
SELECT made.* FROM contact_center_conversation original, bench_report b,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', b.id, 'protocol', 'R' || b.n, 'discuss_channel_id', NULL, 'queue_id', b.queue_id,
        'agent_id', b.agent_id, 'state', 'closed', 'opened_at', b.at, 'closed_at', b.ended,
        'attendance', CASE WHEN b.lost THEN 'electronic' ELSE 'human' END,
        'outcome', CASE WHEN b.lost THEN 'abandoned' ELSE 'resolved' END,
        'disposition_id', (%(subjects)s::int[])[1 + n %% array_length(%(subjects)s::int[], 1)],
        'survey_result', CASE WHEN n %% 3 = 0 THEN 'answered' ELSE 'unanswered' END,
        'satisfaction', CASE WHEN n %% 3 = 0 THEN 'good' END)) made
 WHERE original.id = %(conversation)s;
INSERT INTO contact_center_stay (conversation_id, queue_id, entered_at, entered_us, since_us,
    left_at, left_us, left_how, agent_id, place, waited_seconds)
SELECT id, queue_id, at, us, us, answered, us + waited * 1000000,
    CASE WHEN lost THEN 'abandoned' ELSE 'accepted' END, CASE WHEN NOT lost THEN agent_id END, 1,
    waited
FROM (SELECT *, (extract(epoch FROM at) * 1000000)::int8 AS us,
        extract(epoch FROM answered - at)::int8 AS waited FROM bench_report) b ORDER BY at;
INSERT INTO contact_center_event (conversation_id, kind, at, at_us, queue_id, agent_id)
SELECT id, kind, moment, (extract(epoch FROM moment) * 1000000)::int8, queue_id,
    CASE WHEN kind IN ('accepted', 'first_reply', 'closed') AND NOT lost THEN agent_id END
FROM bench_report, LATERAL (VALUES ('opened', at), ('queued', at), ('accepted', answered),
    ('first_reply', answered + interval '9 seconds'), ('closed', ended)) event (kind, moment)
WHERE NOT (lost AND kind IN ('accepted', 'first_reply')) ORDER BY moment, id;
"""

# Run by `odoo shell`: seconds of each report, as the screen reads it, and of each format.
TIMES = """
import json, os, resource, tempfile, time
from contextlib import closing
from datetime import timedelta
from odoo.addons.contact_center_report import sheet
kinds = env["contact_center.report.kind"]
admin = env.ref("base.user_admin")
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
last = env["contact_center.queue"]._city_today() - timedelta(days=2)

def read(code, days):
    kind = kinds._kind(code)
    scope = kinds._scope(kind, admin, last - timedelta(days=days - 1), last, {})
    start = time.perf_counter()
    with closing(kinds._rows(kind, scope)) as rows:
        found = sheet.preview(kinds._sheet(kind, scope), rows, 100, 50_000)
    return round(time.perf_counter() - start, 3), found.count

def long_rows(kind, scope):
    count = 0
    while count < values["rows"]:
        with closing(kinds._rows(kind, scope)) as rows:
            for row in rows:
                count += 1
                yield row
                if count == values["rows"]:
                    return
        if not count:
            return

found = {"day": {}, "month": {}, "formats": {}}
for kind in kinds._kinds():
    found["day"][kind.code], _count = read(kind.code, 1)
    found["month"][kind.code], _count = read(kind.code, 30)
kind = kinds._kind("answered")
scope = kinds._scope(kind, admin, last - timedelta(days=29), last, {})
for suffix in sheet.WRITERS:
    with tempfile.NamedTemporaryFile() as file:
        start = time.perf_counter()
        count = sheet.write(
            kinds._sheet(kind, scope), long_rows(kind, scope), {suffix: file.name})
        found["formats"][suffix] = {"seconds": round(time.perf_counter() - start, 1),
            "megabytes": round(file.seek(0, 2) / 1e6, 1), "rows": count}
found["most_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
env.cr.rollback()
print(json.dumps(found))
"""


def measure(bench: Bench) -> Result:
    """Fill the ledgers, then read every kind of report for a day and for a month."""
    contacts = bench.pick(CONTACTS, CONTACTS // 10, 2000)
    bench.say(f"{contacts:,} contacts are written")
    bench.execute(FILL, **bench.json_shell(MODEL), contacts=contacts, a_day=A_DAY)
    bench.execute("DROP TABLE bench_report")
    bench.execute("ANALYZE")
    found = bench.json_shell(TIMES, rows=bench.pick(ROWS, ROWS // 10, 500))
    day, month = (max(found[name].values()) for name in ("day", "month"))
    slowest = max(found["month"], key=found["month"].get)
    files = ", ".join(
        f"{suffix} {one['seconds']:.0f} s" for suffix, one in found["formats"].items()
    )
    return Result(
        NAME,
        f"reports over {contacts:,} stays; {found['formats']['csv']['rows']:,} rows in each format",
        f"a day < {DAY_SECONDS} s, a month < {MONTH_SECONDS} s",
        f"day {day:.2f} s, month {month:.2f} s ({slowest}); {files}; "
        f"{found['most_memory_mb']} MB of memory",
        day < DAY_SECONDS and month < MONTH_SECONDS,
        found,
    )
