"""`./dev bench`: measure the numbers that the project promises, on this machine.

Prints a table with the goals beside what was measured, and writes all figures as JSON. What a row
measures stands in its module and in docs/developer/benchmarks.md.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import psutil

from devtools.errors import Problem
from devtools.settings import Settings

from . import (
    chaos,
    row_answer,
    row_archive,
    row_big_flow,
    row_catalogue,
    row_cost,
    row_crowd,
    row_editor,
    row_faults,
    row_flows,
    row_gateway,
    row_glpi,
    row_growth,
    row_indicators,
    row_report,
    row_router,
    row_router_kill,
    row_screen,
    row_shift,
    row_simulation,
    row_soak,
    row_storm,
    row_sustained,
    row_webhook,
)
from .processor import ProcessorTime, others_share
from .result import Result, table
from .setting import WORKERS, Bench, BenchStack, machine, versions

ROWS = (
    row_cost,
    row_webhook,
    row_answer,
    row_sustained,
    row_screen,
    row_crowd,
    row_faults,
    row_glpi,
    row_router,
    row_router_kill,
    row_simulation,
    row_indicators,
    row_report,
    row_archive,
    row_editor,
    row_shift,
    row_flows,
    row_big_flow,
    row_catalogue,
    row_soak,
    row_storm,
    row_growth,
    row_gateway,
)
"""In the order of the table."""

ORDER = (
    row_editor,
    row_catalogue,
    row_cost,
    row_answer,
    row_flows,
    row_big_flow,
    row_screen,
    row_crowd,
    row_shift,
    row_sustained,
    row_faults,
    row_glpi,
    row_soak,
    row_storm,
    row_router,
    row_router_kill,
    row_simulation,
    row_gateway,
    row_indicators,
    row_webhook,
    row_growth,
    row_archive,
    row_report,
)
"""In the order of measuring: the webhook's row leaves a heap of messages behind and the archive's
a million, so they are last, and the reports' row fills the ledgers."""


def main(argv: list[str]) -> int:
    """Measure and print; return 0 when all could be measured, goals met or not.

    A row that cannot be measured fails the whole: benchmarks rot where nobody looks.
    """
    arguments = parser().parse_args(argv)
    if arguments.workers is None:
        arguments.workers = 0 if arguments.chaos else WORKERS
    if arguments.chaos:
        return chaos.main(arguments, Path(arguments.json or default_path()))
    rows = chosen(arguments.only, arguments.mail_gateway)
    try:
        results, about = run(rows, arguments)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    report = {"machine": about, "rows": [result.as_dict() for result in results]}
    path = Path(arguments.json or default_path())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\n{table(results)}\n\n{about}")
    print(f"All figures: {path}")
    return 0 if all(result.ok is not None for result in results) else 1


def parser() -> argparse.ArgumentParser:
    """Return options of `./dev bench`."""
    names = ", ".join(row.NAME for row in ROWS)
    options = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    options.add_argument("--only", metavar="ROW[,ROW]", default="", help=f"of: {names}")
    options.add_argument("--quick", action="store_true", help="shorter runs, rougher figures")
    options.add_argument(
        "--tiny",
        action="store_true",
        help="shows only that every row can be measured; its figures mean nothing",
    )
    options.add_argument("--json", metavar="PATH", default="", help="where the figures go")
    options.add_argument(
        "--chaos",
        action="store_true",
        help="in place of the rows: let everything fall over, then compare all sides",
    )
    options.add_argument(
        "--minutes", type=float, default=0, help="length of --chaos (30), and of the row soak (20)"
    )
    options.add_argument(
        "--mail-gateway",
        metavar="FOLDER",
        default="",
        help="where OCA's mail_gateway is, for the row gateway, which is left out without it",
    )
    options.add_argument("--messages", type=int, default=50_000, help="of --chaos (50,000)")
    options.add_argument("--seed", type=int, default=0, help="of --chaos: repeats a run's troubles")
    options.add_argument(
        "--workers",
        type=int,
        help=f"Odoo's worker processes ({WORKERS}; of --chaos 0); 0: one process with threads",
    )
    return options


def chosen(only: str, mail_gateway: str = "") -> list:
    """Return the named rows' modules, in order; else all but those on request.

    The shift takes an hour; the comparison with `mail_gateway` needs what the product does not.
    """
    names = [name.strip() for name in only.split(",") if name.strip()]
    known = [row.NAME for row in ROWS]
    for name in names:
        if name not in known:
            raise SystemExit(f"./dev bench: there is no row {name!r}; rows: {', '.join(known)}")
    if row_gateway.NAME in names and not mail_gateway:
        raise SystemExit(f"./dev bench: {row_gateway.MISSING}")
    on_request = {row_shift.NAME} if mail_gateway else {row_shift.NAME, row_gateway.NAME}
    if not names and not mail_gateway:
        print(f"NOT COMPARED with mail_gateway: {row_gateway.MISSING}", file=sys.stderr)
    wanted = names or [name for name in known if name not in on_request]
    return [row for row in ORDER if row.NAME in wanted]


def default_path() -> Path:
    """Return a new file outside the work tree."""
    folder = Path(tempfile.gettempdir()) / "contact-center-bench"
    return folder / f"{time.strftime('%Y%m%d-%H%M%S')}.json"


def run(rows: list, arguments: argparse.Namespace) -> tuple[list[Result], str]:
    """Measure on fresh servers; return the rows as in the table, and the machine."""
    print("Starting the servers ...", file=sys.stderr)
    with BenchStack(arguments.workers, settings=Settings.from_env()) as stack:
        bench = Bench(
            stack, arguments.quick, arguments.tiny, arguments.minutes, arguments.mail_gateway
        )
        about = f"{machine()}; {versions(bench)}; Odoo: {stack.mode}"
        bench.warm_up()
        results = {}
        for row in rows:
            print(f"Measuring: {row.NAME} ...", file=sys.stderr)
            results[row] = measure(row, bench)
        bench.close()
    return [results[row] for row in ROWS if row in results], about


def measure(row, bench: Bench) -> Result:
    """Return one row; if it cannot be measured, its figure says why.

    The others go on.
    """
    with ProcessorTime(bench.stack) as processor:
        try:
            result = row.measure(bench)
        except Exception as problem:  # noqa: BLE001 - a row that breaks must not hide the others
            words = f"{type(problem).__name__}: {problem}"
            result = Result(row.NAME, row.NAME, "", words.splitlines()[0][:80], None)
            result.details["error"] = words
    used = result.details.get("processor_seconds") or processor.used
    result.others = round(others_share(used, psutil.cpu_count()), 3)
    return result
