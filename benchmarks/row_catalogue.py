"""Row 9: mirroring GLPI's catalogues without holding them.

50,000 users and 5,000 categories.
"""

from .large_glpi import LargeGlpi
from .result import Result
from .setting import Bench

NAME = "catalogue"
USERS, CATEGORIES = 50_000, 5_000
GOAL_SECONDS = 300
GOAL_MEGABYTES = 100
"""More memory at the peak than before: a batch and a page, never all rows."""

MIRROR = """
import json, os, threading, time
import psutil
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
server = env["glpi.server"].create(
    {"name": "Benchmark", "url": values["url"], "user_token": "benchmark", "rate": 0})
env.cr.commit()
env["glpi.user"].search_count([])  # what any first query loads is not the catalogue's
process, peak, done = psutil.Process(), [0], threading.Event()
def watch():
    while not done.wait(0.05):
        peak[0] = max(peak[0], process.memory_info().rss)
before = process.memory_info().rss
watcher = threading.Thread(target=watch)
watcher.start()
seconds = {}
for name in ("full", "again", "changes"):
    start = time.perf_counter()
    found, failed = server._sync_catalogues(("categories", "users"), full=name != "changes")
    seconds[name] = time.perf_counter() - start
    assert not failed, failed
done.set()
watcher.join()
counts = [env[model].search_count([("server_id", "=", server.id)])
          for model in ("glpi.user", "glpi.category")]
server.unlink()
env.cr.commit()
print(json.dumps({"seconds": seconds, "counts": counts, "before": before, "peak": peak[0]}))
"""


def measure(bench: Bench) -> Result:
    """Mirror everything for the first time, everything again, and only (no) changes."""
    smaller = bench.pick(1, 10, 500)
    users, categories = USERS // smaller, CATEGORIES // smaller
    with LargeGlpi(users, categories) as glpi:
        found = bench.json_shell(MIRROR, url=glpi.url)
        requests = glpi.requests
    seconds, more = found["seconds"], (found["peak"] - found["before"]) / 1e6
    whole = found["counts"] == [users, categories]
    return Result(
        NAME,
        f"{users:,} users and {categories:,} categories of GLPI mirrored",
        f"< {GOAL_SECONDS} s, < {GOAL_MEGABYTES} MB more at the peak",
        f"{seconds['full']:.0f} s ({(users + categories) / seconds['full']:.0f} rows/s), "
        f"read again {seconds['again']:.0f} s, changes {seconds['changes']:.1f} s, "
        f"{more:.0f} MB more",
        whole and seconds["full"] < GOAL_SECONDS and more < GOAL_MEGABYTES,
        {**found, "requests": requests},
    )
