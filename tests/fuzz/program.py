"""`./dev fuzz`: many more inputs than the suite has time for."""

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.running import Found, fuzz, save
from tests.fuzz.targets import TARGETS


def main(words: list[str]) -> int:
    """Run the targets one after the other; exit status 1 if an input failed."""
    parser = argparse.ArgumentParser(
        prog="./dev fuzz", description="Fuzz what reads other people's bytes."
    )
    parser.add_argument("--count", type=int, default=1_000_000, help="inputs of each target")
    parser.add_argument("--target", action="append", choices=TARGETS, help="only this (repeatable)")
    parser.add_argument("--seed", type=int, help="repeat a run; drawn and told without it")
    parser.add_argument(
        "--save",
        type=Path,
        default=Path(tempfile.gettempdir()) / "contact-center-fuzz",
        help="folder for inputs that fail",
    )
    options = parser.parse_args(words)
    if options.count < 1:
        parser.error("--count is at least 1")
    seed = secrets.randbits(32) if options.seed is None else options.seed
    sys.stdout.write(f"seed {seed}: --seed {seed} repeats this run\n")
    failed = 0
    for name in options.target or TARGETS:
        failed += not _run(name, options.count, seed, options.save)
    return 1 if failed else 0


def _run(name: str, count: int, seed: int, folder: Path) -> bool:
    begun = last = time.monotonic()

    def told(done: int) -> None:
        nonlocal last
        if time.monotonic() - last > 5:
            last = time.monotonic()
            rate = done / (last - begun)
            sys.stderr.write(f"  {name}: {done:,} of {count:,} ({rate:,.0f}/s)\n")

    try:
        done = fuzz(name, TARGETS[name], count, seed, told)
    except Found as found:
        sys.stdout.write(f"FAILED {found}\n    saved: {save(folder, name, found.given)}\n")
        return False
    sys.stdout.write(f"ok     {name}: {done:,} inputs in {time.monotonic() - begun:.0f} s\n")
    return True
