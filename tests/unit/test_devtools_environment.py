"""What a Python program compiled is found by the next one."""

import os
import subprocess
import sys

import pytest

from devtools.environment import keep_bytecode
from devtools.python_env import PythonEnv

PREFIX, NONE = "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE"


@pytest.fixture(autouse=True)
def variables(monkeypatch):
    """Variables of a machine on which no bytecode is written; afterwards as they were."""
    monkeypatch.setenv(PREFIX, "")
    monkeypatch.delenv(PREFIX)
    monkeypatch.setenv(NONE, "1")


def test_bytecode_lies_in_the_environment_and_not_beside_the_source(tmp_path):
    keep_bytecode(PythonEnv(tmp_path / "env"))
    source = tmp_path / "work" / "some_module.py"
    source.parent.mkdir()
    source.write_text("VALUE = 1\n")
    subprocess.run([sys.executable, "-c", "import some_module"], cwd=source.parent, check=True)
    assert os.listdir(source.parent) == [source.name]
    assert [path.stem for path in tmp_path.rglob("some_module.*.pyc")]


def test_a_source_that_changed_is_compiled_anew(tmp_path):
    keep_bytecode(PythonEnv(tmp_path / "env"))
    source = tmp_path / "some_module.py"
    command = [sys.executable, "-c", "import some_module; print(some_module.VALUE)"]
    for number, text in enumerate(("VALUE = 'one'\n", "VALUE = 'three'\n")):
        source.write_text(text)
        said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
        assert said.stdout.split() == [("one", "three")[number]]


def test_a_users_own_folder_is_left(monkeypatch, tmp_path):
    monkeypatch.setenv(PREFIX, str(tmp_path))
    keep_bytecode(PythonEnv(tmp_path / "env"))
    assert os.environ[PREFIX] == str(tmp_path)
