"""What `./dev bench --chaos` counts and does: order, full disks, clocks that step."""

import dataclasses
import os
import platform
import re
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.chaos import MINUTES, SCRIPT
from benchmarks.chaos_ledger import Arrived, Found, out_of_order, taken_out_of_order
from benchmarks.ledger import Balance
from benchmarks.memory import growth
from benchmarks.run import parser

NOON = datetime(2026, 11, 30, 12)
HOSTILE = Path(__file__).parents[2] / "benchmarks" / "hostile"


def arrived(place, sent, stored, processed, person=1):
    """Return a message at a place of the archive; times in seconds after noon."""
    moments = (NOON + timedelta(seconds=second) for second in (sent, stored, processed))
    return Arrived(f"wamid.{sent}", person, place, int(stored * 10), *moments)


@given(st.lists(st.integers(0, 500), min_size=1, unique=True), st.integers(1, 4))
def test_what_stands_as_it_was_sent_is_in_order(sent, people):
    messages = [
        arrived(place, second, second, second + 1, place % people)
        for place, second in enumerate(sorted(sent))
    ]
    assert out_of_order(reversed(messages)) == ([], 0)


def test_one_that_was_there_in_time_and_stands_behind_a_later_one_is_in_disorder():
    first, second = arrived(2, 0, 0, 11), arrived(1, 5, 5, 10)
    assert out_of_order([first, second]) == (["wamid.0"], 0)


def test_one_that_overtook_on_the_way_and_waited_together_is_sorted():
    late = arrived(2, 0, 20, 60)
    early = arrived(1, 5, 10, 50)
    assert out_of_order([late, early]) == (["wamid.0"], 0), "both waited for half a minute"


def test_nobody_can_sort_what_comes_when_a_later_one_was_answered():
    assert out_of_order([arrived(2, 0, 30, 31), arrived(1, 5, 10, 11)]) == ([], 1)


def test_another_person_is_no_disorder():
    assert out_of_order([arrived(2, 0, 0, 11, person=2), arrived(1, 5, 5, 10)]) == ([], 0)


def test_meta_takes_a_citizens_messages_in_the_order_of_the_outbox():
    outbox = {"a": (1, "maria"), "b": (2, "maria"), "c": (3, "josé"), "never": (4, "maria")}
    assert taken_out_of_order(outbox, {"a": [1.0, 9.0], "b": [2.0], "c": [0.5]}) == []
    assert taken_out_of_order(outbox, {"a": [3.0], "b": [2.0], "c": [0.5]}) == ["a"]


def found(**values):
    """Return what a good run leaves, but for `values`."""
    nothing = Found(Balance(), [], [], 0, [], 0, Counter(), {})
    return dataclasses.replace(nothing, **values)


def test_only_refusals_of_what_came_three_days_late_are_no_loss():
    assert found(failed=Counter(window=7)).lost == 0
    assert found(failed=Counter({"131000": 1})).lost == 1
    assert found(photos_lost=["x"], not_in_discuss=2).lost == 3
    assert found(disorder_in=["x"], disorder_out=["y"]).disorder == 2


def test_the_size_of_a_run_is_chosen():
    given_ = parser().parse_args(["--chaos", "--minutes", "2.5", "--messages", "300"])
    assert (given_.chaos, given_.minutes, given_.messages) == (True, 2.5, 300)
    usual = parser().parse_args(["--chaos"])
    assert usual.messages >= 50_000 and MINUTES >= 30
    assert SCRIPT.count("") == 1


def hostile(folder, code):
    """Run code in a process in which things go wrong so; return what it prints."""
    pytest.importorskip("time_machine")
    variables = {**os.environ, "PYTHONPATH": str(HOSTILE), "HOSTILE_FOLDER": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, cwd=folder
    )
    assert not done.returncode, done.stderr
    return done.stdout.split()


def test_a_full_disk_takes_half_of_a_file_of_the_filestore_only(tmp_path):
    (tmp_path / "filestore").mkdir()
    (tmp_path / "full").touch()
    code = """
for name in ("filestore/photo", "log"):
    try:
        with open(f"{FOLDER}/{name}", "wb") as file:
            file.write(b"12345678")
        print("written")
    except OSError as error:
        print(error.errno)
"""
    code = f"FOLDER = {str(tmp_path)!r}\n{code}"
    assert hostile(tmp_path, code) == ["28", "written"]
    assert (tmp_path / "filestore/photo").read_bytes() == b"1234"
    (tmp_path / "full").unlink()
    assert hostile(tmp_path, code) == ["written", "written"]


def test_the_clock_steps_in_every_process_while_it_runs(tmp_path):
    code = f"""
import os, time
start, began = time.time(), time.monotonic()
reader, writer = os.pipe()
child = os.fork()
if not child:
    os.read(reader, 1)
with open({str(tmp_path / "clock")!r}, "w") as file:
    file.write("3600")
while time.time() - start < 3000 and time.monotonic() - began < 30:
    time.sleep(0.05)
print(round((time.time() - start) / 3600))
if child:
    os.write(writer, b"x")
    os.waitpid(child, 0)
os._exit(0) if not child else None
"""
    assert "1" in hostile(tmp_path, code)


def test_growth_is_that_of_the_process_that_grew_most_after_the_first_third():
    samples = [(0, {1: 100.0, 2: 90.0}), (1000, {1: 150.0, 2: 91.0}), (3000, {1: 151.0, 2: 95.0})]
    samples.insert(2, (2000, {1: 150.5, 2: 93.0, 3: 500.0}))
    assert growth(samples) == pytest.approx(2.0)
    assert growth([(5, {1: 1.0})]) == 0.0
    assert growth([(5, {1: 1.0}), (900, {2: 1.0}), (1000, {2: 1.0})]) == 0.0


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_that_share_arenas_take_a_fraction_of_the_address_space():
    """What `MALLOC_ARENA_MAX=2` is for: Odoo limits its processes' address space."""
    code = """
import threading
gate, ready = threading.Event(), threading.Barrier(34)
def work():
    kept = [bytearray(5000) for _ in range(50)]
    ready.wait()
    gate.wait()
for _ in range(33):
    threading.Thread(target=work).start()
ready.wait()
status = open("/proc/self/status").read()
print(status.split("VmSize:")[1].split()[0])
gate.set()
"""
    sizes = {}
    for arenas in ("2", "64"):
        variables = {**os.environ, "MALLOC_ARENA_MAX": arenas}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
        sizes[arenas] = int(done.stdout) / 1024
    # 64 MiB are reserved for each arena
    assert sizes["64"] - sizes["2"] > 25 * 64


@pytest.mark.parametrize("name", ["Dockerfile", "devtools/servers.py"])
def test_odoo_is_started_so_wherever_we_start_it(name):
    text = (Path(__file__).parents[2] / name).read_text(encoding="utf-8")
    assert re.search(r"MALLOC_ARENA_MAX\W+2", text)
