"""Row: 24 months of a city's contacts become closed days, to the digit.

Each day's waits are written into the ledger as the product leaves them, then the day is closed by
the product. The published share of abandoned contacts and the mean wait have to come out.
"""

from datetime import date
from typing import NamedTuple

from .result import Result
from .setting import Bench

NAME = "indicators"
GOAL_SECONDS = 60
"""Within which a day is closed."""


class Month(NamedTuple):
    """A month as it was published: contacts, percent abandoned, mean wait (s)."""

    year: int
    month: int
    received: int
    abandoned: int
    percent: str
    wait: int


MONTHS = (
    Month(2015, 1, 149806, 5550, "3.70", 12),
    Month(2015, 2, 140479, 7735, "5.51", 17),
    Month(2015, 3, 172074, 6675, "3.88", 13),
    Month(2015, 4, 135570, 2870, "2.12", 7),
    Month(2015, 5, 126914, 2261, "1.78", 6),
    Month(2015, 6, 126539, 3289, "2.60", 10),
    Month(2015, 7, 120931, 1700, "1.41", 5),
    Month(2015, 8, 125065, 2538, "2.03", 6),
    Month(2015, 9, 111131, 1892, "1.70", 6),
    Month(2015, 10, 112432, 2881, "2.56", 7),
    Month(2015, 11, 112398, 4310, "3.83", 12),
    Month(2015, 12, 110176, 3538, "3.21", 12),
    Month(2016, 1, 121502, 2638, "2.17", 9),
    Month(2016, 2, 116974, 6520, "5.57", 19),
    Month(2016, 3, 131410, 11971, "9.11", 27),
    Month(2016, 4, 115857, 38685, "33.39", 87),
    Month(2016, 5, 120602, 41635, "34.52", 139),
    Month(2016, 6, 94407, 22802, "24.15", 104),
    Month(2016, 7, 94935, 22549, "23.75", 99),
    Month(2016, 8, 96138, 33945, "35.31", 126),
    Month(2016, 9, 87294, 26158, "29.97", 112),
    Month(2016, 10, 75706, 22634, "29.90", 129),
    Month(2016, 11, 74918, 19443, "25.95", 113),
    Month(2016, 12, 68261, 13566, "19.87", 90),
)
TINY = (Month(2015, 3, 1000, 39, "3.90", 13),)

# Run by `odoo shell`: a month's waits, its days closed, and what came out
CLOSE = """
import json, os, time
from odoo.addons.contact_center_indicator import measure
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
year, month = values["year"], values["month"]
days = measure.days_of_month(year, month)
source = env["contact_center.indicator.source"]
queue = env["contact_center.queue"].search([], limit=1)
partner = env["res.partner"].create({"name": "Bench"})
slowest = 0
for number, day in enumerate(days):
    received = values["received"] // len(days) + (number < values["received"] % len(days))
    lost = values["abandoned"] // len(days) + (number < values["abandoned"] % len(days))
    conversation = env["contact_center.conversation"]._open(partner, "internal", queue=queue)
    env.flush_all()
    env.cr.execute("UPDATE contact_center_conversation SET state = 'closed' WHERE id = %s",
                   (conversation.id,))
    env.invalidate_all()
    start = source._period(day).start
    # Two and two waits, as much shorter as longer than the mean
    env.cr.execute('''
        INSERT INTO contact_center_stay (conversation_id, queue_id, entered_at, entered_us,
            since_us, left_at, left_us, left_how, agent_id, waited_seconds)
        SELECT %(conversation)s, %(queue)s, at, us, us, at + wait * interval '1 second',
            us + wait * 1000000, CASE WHEN n < %(lost)s THEN 'abandoned' ELSE 'accepted' END,
            CASE WHEN n < %(lost)s THEN NULL ELSE %(agent)s END, wait
        FROM (SELECT n, at,
                     %(mean)s + (2 * (n %% 2) - 1) * ((n / 2) %% (%(mean)s + 1)) AS wait,
                     (extract(epoch FROM at) * 1000000)::int8 AS us
              FROM generate_series(0, %(number)s - 1) n,
                   LATERAL (SELECT %(start)s::timestamp
                       + (n %% 40000) * interval '1 second' AS at) moment
             ) made''',
        {"conversation": conversation.id, "queue": queue.id, "agent": env.uid, "start": start,
         "lost": lost, "number": received, "mean": values["wait"]})
    begun = time.perf_counter()
    env["contact_center.indicator.seal"]._freeze(day)
    env.flush_all()
    slowest = max(slowest, time.perf_counter() - begun)
    env.cr.commit()
    env.invalidate_all()
begun = time.perf_counter()
found = {one.definition_id.code: one for one in env["contact_center.indicator.month"].search(
    [("month", "=", days[0]), ("scope", "=", "overall")])}
left = found["IAL"]
value = measure.INDICATORS["IAL"].value(left.numerator, left.denominator)
wait = measure.INDICATORS["TME"].value(found["TME"].numerator, found["TME"].denominator)
report = time.perf_counter() - begun
print(json.dumps({"slowest": slowest, "report": report, "received": left.denominator,
    "percent": str(measure.rounded(value, 2)), "wait": str(measure.rounded(wait, 0))}))
"""


def measure(bench: Bench) -> Result:
    """Write and close month after month; compare with what was published."""
    months = bench.pick(MONTHS, MONTHS[:3], TINY)
    slowest, wrong, contacts = 0.0, [], 0
    for month in months:
        found = bench.json_shell(CLOSE, **month._asdict())
        slowest = max(slowest, found["slowest"])
        contacts += found["received"]
        same = (found["percent"], int(found["wait"])) == (month.percent, month.wait)
        if not same or found["received"] != month.received:
            wrong.append(f"{date(month.year, month.month, 1):%Y-%m}")
        bench.say(f"{month.year}-{month.month:02}: {found}")
    return Result(
        NAME,
        f"{len(months)} published months, {contacts:,} contacts, closed day by day",
        f"the published figures; < {GOAL_SECONDS} s for each day",
        f"{'all figures' if not wrong else 'wrong: ' + ', '.join(wrong)}; "
        f"slowest day {slowest:.1f} s",
        not wrong and slowest < GOAL_SECONDS,
        {"slowest": slowest, "wrong": wrong, "contacts": contacts},
    )
