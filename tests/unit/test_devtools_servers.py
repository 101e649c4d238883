"""Child processes end when we do; a database knows what it was made from."""

import fcntl
import os
import subprocess
import sys
import time

import pytest

from devtools import addon_files, linting, shape, translations
from devtools.processes import Child, Guard
from devtools.proxy import proxy_command
from devtools.servers import running_pid
from devtools.settings import ROOT

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


def locked_file(path):
    handle = open(path, "w")  # noqa: SIM115 - the caller holds it
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return handle


def test_a_child_is_stopped_and_its_output_kept(tmp_path):
    guard = Guard(locked_file(tmp_path / "guard.lock"))
    child = Child("Odoo", SLEEP, tmp_path / "odoo.log", guard)
    until(lambda: (tmp_path / "odoo.log").read_text() == "up\n")
    assert child.alive
    child.stop()
    assert not child.alive
    guard.dismiss()


def test_what_a_killed_parent_leaves_behind_is_ended_by_its_guard(tmp_path):
    script = f"""
import fcntl, os, signal, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from devtools.processes import Child, Guard
lock = open({str(tmp_path / "guard.lock")!r}, "w")
fcntl.flock(lock, fcntl.LOCK_EX)
child = Child("Odoo", {SLEEP!r}, Path({str(tmp_path / "odoo.log")!r}), Guard(lock))
print(child.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    orphan = int(done.stdout)
    # The next run waits for this lock: the guard holds it until the orphan is gone.
    with open(tmp_path / "guard.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(ProcessLookupError):
        os.killpg(orphan, 0)


def test_who_runs_a_stack_is_known_while_it_runs(tmp_path):
    assert running_pid(tmp_path) == 0
    with locked_file(tmp_path / "stack.lock") as handle:
        handle.write("4711")
        handle.flush()
        assert running_pid(tmp_path) == 4711
    assert running_pid(tmp_path) == 0


def test_only_what_a_database_is_made_from_changes_an_addons_hash(tmp_path):
    for name in ("models/a.py", "static/src/a.js", "tests/test_a.py", "__pycache__/a.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    before = addon_files.hash_files(tmp_path)
    for name in ("static/src/a.js", "tests/test_a.py", "__pycache__/a.pyc"):
        (tmp_path / name).write_text("2")
    assert addon_files.hash_files(tmp_path) == before
    (tmp_path / "models/a.py").write_text("2")
    assert addon_files.hash_files(tmp_path) != before


def test_websockets_go_to_their_own_port(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name, path=None: f"/bin/{name}")
    proxy_command(tmp_path, 8000, 8001, 8002)
    text = (tmp_path / "nginx.conf").read_text()
    assert "listen 127.0.0.1:8000;" in text
    assert "upstream websocket { server 127.0.0.1:8002; }" in text


def test_a_core_that_imports_odoo_is_found():
    tree = shape.ast.parse("from odoo import api\n")
    assert shape.import_problems("addons/chatbot_flow/engine/x.py", tree)
    assert not shape.import_problems("addons/chatbot_flow/models/x.py", tree)


def test_a_long_function_is_found_and_its_docstring_not_counted(tmp_path):
    body = "    x = 1\n" * shape.FUNCTION_LINES
    path = tmp_path / "addons" / "long.py"
    path.parent.mkdir()
    path.write_text(f'def f():\n    """Say.\n\n    More.\n    """\n{body}')
    assert len(shape.problems_of(path, tmp_path)) == 1
    program = tmp_path / "long.py"
    program.write_text(path.read_text())
    assert shape.problems_of(program, tmp_path) == [], "a program may take a few lines more"
    path.write_text(f'def f():\n    """Say.\n\n    More.\n    """\n{body[:-30]}')
    assert shape.problems_of(path, tmp_path) == []


def test_a_long_first_line_of_a_public_docstring_is_found(tmp_path):
    path = tmp_path / "long.py"
    long, short = "Say " + "so " * 26 + "on.", "Say so."
    for source, expected in (
        ('"""{}"""', 1),
        ('def say():\n    """{}"""', 1),
        ('class Voice:\n    """{}"""\n\n    def say(self):\n        """{}"""', 2),
        ('def _say():\n    """{}"""', 0),
        ('def test_say():\n    """{}"""', 0),
    ):
        path.write_text(source.replace("{}", long))
        assert len(shape.problems_of(path, tmp_path)) == expected, source
        path.write_text(source.replace("{}", f"{short}\n\n    {long}\n    "))
        assert shape.problems_of(path, tmp_path) == [], source


def test_missing_translations_are_named(tmp_path):
    addon = tmp_path / "demo"
    assert translations.problems_of(addon) == [f"{addon}/i18n/pt_BR.po: missing"]
    (addon / "i18n").mkdir(parents=True)
    (addon / "i18n" / "pt_BR.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Queue"\nmsgstr "Fila"\n\nmsgid "Agent"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Take"\nmsgstr "Pegar"\n',
        encoding="utf-8",
    )
    (tmp_path / "demo.pot").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '#: model:x:0\nmsgid "Close"\nmsgstr ""\n',
        encoding="utf-8",
    )
    found = translations.problems_of(addon, tmp_path)
    assert [line.partition(": ")[2] for line in found] == [
        "not translated: Agent",
        "fuzzy: Take",
        "no entry for: Close (model:x)",
    ]


def test_a_translation_without_its_place_is_named_and_completed(tmp_path):
    addon = tmp_path / "demo"
    (addon / "i18n").mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (addon / "i18n" / "pt_BR.po").write_text(
        f'{head}#: model:x:0\nmsgid "Queue"\nmsgstr "Fila"\n', encoding="utf-8"
    )
    (tmp_path / "demo.pot").write_text(
        f"{head}#. odoo-javascript\n#: code:y:0\n#: model:x:0\n#: model:z:0\n"
        'msgid "Queue"\nmsgstr ""\n',
        encoding="utf-8",
    )
    found = translations.problems_of(addon, tmp_path)
    assert [line.partition(": ")[2] for line in found] == [
        "place missing: Queue (model:z, odoo-javascript)"
    ]
    translations.complete(addon, tmp_path)
    assert translations.problems_of(addon, tmp_path) == []
    assert 'msgstr "Fila"' in (addon / "i18n" / "pt_BR.po").read_text(encoding="utf-8")


def test_npx_fetches_what_the_command_needs():
    assert linting.npx(("eslint@9", "globals@16"), "eslint", "@x.js") == [
        *("npx", "--yes", "--package=eslint@9", "--package=globals@16", "--", "eslint", "@x.js")
    ]


def until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
