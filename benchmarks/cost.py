"""The cost of a message: processor time, SQL statements, commits."""

import time

from .processor import ProcessorTime
from .setting import Bench

COUNTS = """
SELECT xact_commit, xact_rollback, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8
FROM pg_stat_database WHERE datname = current_database()
"""
STATEMENTS = """
SELECT sum(calls)::float8 FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
WHERE d.datname = current_database()
"""
REPORTED = 1.5
"""Seconds after which servers have reported what they counted."""


class Cost:
    """Count the servers' work within a `with` block, drained queues included.

    Statements are counted where PostgreSQL has `pg_stat_statements` loaded, as the embedded one.
    """

    def __init__(self, bench: Bench):
        self.bench = bench
        self.processor = ProcessorTime(bench.stack)
        self.counted: dict[str, float] = {}

    def __enter__(self):
        self._before = self._now()
        self.processor.__enter__()
        return self

    def __exit__(self, *error):
        self.processor.__exit__(*error)
        time.sleep(REPORTED)
        after = self._now()
        self.counted = {name: after[name] - self._before[name] for name in after}

    @property
    def used(self) -> dict[str, float]:
        """Seconds of processor time of each server, and of others."""
        return self.processor.used

    def per(self, messages: int) -> dict[str, float]:
        """Return the cost of one of so many messages; milliseconds where it is time."""
        odoo = self.used.get("Odoo", 0.0) * 1000 / max(messages, 1)
        database = self.used.get("PostgreSQL", 0.0) * 1000 / max(messages, 1)
        return {
            "odoo_ms": round(odoo, 2),
            "postgresql_ms": round(database, 2),
            "total_ms": round(odoo + database, 2),
            **{name: round(value / max(messages, 1), 2) for name, value in self.counted.items()},
        }

    def _now(self) -> dict[str, float]:
        commits, rollbacks, wal = self.bench.query(COUNTS)[0]
        found = {"commits": commits, "rollbacks": rollbacks, "wal_kb": wal / 1024}
        if self.bench.counts_statements:
            found["statements"] = self.bench.query(STATEMENTS)[0][0] or 0.0
        return found


def words(cost: dict[str, float]) -> str:
    """Return a cost for people: ``15.2 ms (Odoo 10.1, PostgreSQL 5.1), 2.1 commits``."""
    statements = f"{cost['statements']:.0f} statements, " if "statements" in cost else ""
    return (
        f"{cost['total_ms']:.1f} ms (Odoo {cost['odoo_ms']:.1f}, "
        f"PostgreSQL {cost['postgresql_ms']:.1f}), {statements}{cost['commits']:.1f} commits"
    )
