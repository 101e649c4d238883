"""The tests that `./dev test --changed` chooses."""

import subprocess
from pathlib import Path

import pytest

from devtools import changed, cli
from devtools.errors import Problem
from devtools.touched import touched_names

ADDONS = ("core", "bot", "phone", "tickets")
"""As in the fixture `house`, the lowest first."""

MODEL = '''
class Talk(models.Model):
    """A talk."""

    _name = "core.talk"

    place = fields.Char()

    def _close(self):
        """Close it."""
        return True

    def write(self, vals):
        return super().write(vals)
'''


def put(path: Path, text: str) -> None:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def with_tests(count: int, text: str = "pass") -> str:
    """Return a test file that has some tests."""
    methods = "".join(f"    def test_{n}(self):\n        {text}\n" for n in range(count))
    return f"class Test(C):\n{methods}"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Four addons: core <- bot <- phone, bot <- tickets."""
    below = {"core": [], "bot": ["core", "mail"], "phone": ["bot"], "tickets": ["bot"]}
    for addon, depends in below.items():
        put(tmp_path / "addons" / addon / "__manifest__.py", repr({"depends": depends}))
    core, bot, phone = (tmp_path / "addons" / name for name in ("core", "bot", "phone"))
    put(core / "models/talk.py", MODEL)
    put(core / "tests/test_talk.py", with_tests(3))
    put(core / "tests/test_hours.py", with_tests(4))
    put(bot / "models/session.py", "class Session(M):\n    def end(self):\n        t._close()\n")
    put(bot / "tests/test_session.py", with_tests(5))
    put(bot / "tests/test_editor.py", with_tests(5))
    put(phone / "tests/test_closing.py", with_tests(2, "talk._close()"))
    put(phone / "tests/test_inbox.py", with_tests(2, "talk.write({})"))
    put(tmp_path / "tests/unit/test_core_hours.py", "")
    put(tmp_path / "tests/unit/test_bot_steps.py", "from core.core import hours")
    put(tmp_path / "tests/unit/test_phone.py", "import phone.cloud")
    put(tmp_path / "tests/unit/test_devtools_lint.py", "from devtools import linting")
    put(tmp_path / "tests/unit/test_wire.py", "from tests.unit.fake_wire import Wire")
    put(tmp_path / "tests/deployment/test_compose.py", "")
    return tmp_path


def chosen(
    house: Path, name: str, old: str = "", new: str = "", limit: int | None = None
) -> dict[str, list[str]]:
    """Return names of the addons' test files when one file changed."""
    changed_limit = changed.LIMIT if limit is None else limit
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changed, "LIMIT", changed_limit)
        selection = changed.choose_odoo([name], lambda _name: (old, new), ADDONS, house)
    return {addon: [path.stem for path in files] for addon, files in selection.odoo.items()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sandbox/far/store.py", {"phone": ["test_inbox"]}),
        ("sandbox/near/store.py", {"bot": ["test_session"]}),
        ("sandbox/line.py", {"bot": ["test_session"], "phone": ["test_inbox"]}),
        ("sandbox/far/README.md", {}),
    ],
)
def test_sandbox_that_changed_is_tried_by_those_who_talk_to_it(
    house: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: dict
) -> None:
    sides = {"far": ("phone", ("test_inbox",)), "near": ("bot", ("test_session",))}
    monkeypatch.setattr(changed, "FAR_SIDES", sides)
    assert chosen(house, name) == expected


def test_an_addons_own_tests_and_those_above_that_name_what_was_touched(house: Path) -> None:
    assert chosen(house, "addons/core/models/talk.py", MODEL, MODEL.replace("True", "False")) == {
        "core": ["test_hours", "test_talk"],
        "bot": ["test_session"],  # models/session.py calls it
        "phone": ["test_closing"],
    }


def test_comments_and_docstrings_touch_nothing_above(house: Path) -> None:
    new = MODEL.replace('"""Close it."""', '"""Shut it."""  # at last')
    assert chosen(house, "addons/core/models/talk.py", MODEL, new) == {
        "core": ["test_hours", "test_talk"]
    }


def test_of_a_changed_test_file_only_that_runs(house: Path) -> None:
    found = chosen(house, "addons/core/tests/test_hours.py", "", with_tests(4))
    assert found == {"core": ["test_hours"]}


def test_a_readme_runs_no_test_of_odoo(house: Path) -> None:
    assert chosen(house, "addons/core/readme/USAGE.md", "a", "b") == {}


def test_what_tells_least_is_left_out_for_time_and_named(house: Path) -> None:
    """Installing the core and 3 tests fit in; the next 4 do not, nor does another addon."""
    new = MODEL.replace("True", "False")
    limit = changed.INSTALLING + 3
    assert chosen(house, "addons/core/models/talk.py", MODEL, new, limit) == {"core": ["test_talk"]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changed, "LIMIT", limit)
        selection = changed.choose_odoo(
            ["addons/core/models/talk.py"], lambda _name: (MODEL, new), ADDONS, house
        )
    assert selection.notes == [
        "left out for time, bot: 1 of 2 files",
        "left out for time, phone: 1 of 2 files",
        "left out for time, core: 1 of 2 files",
    ]


def test_a_changed_test_file_is_never_left_out(house: Path) -> None:
    found = chosen(house, "addons/phone/tests/test_inbox.py", "", with_tests(2), 1)
    assert found == {"phone": ["test_inbox"]}


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("_close(self):", "_close(self, why):", {"_close"}),
        ("_close(self)", "_shut(self)", {"_close", "_shut"}),
        ("fields.Char()", "fields.Text()", {"place"}),
        ("write(vals)", "write({})", {"core.talk"}),  # any model has a `write`
        ('"core.talk"', '"core.chat"', {"core.talk", "core.chat"}),
        ("(models.Model)", "(models.AbstractModel)", {"Talk"}),
        ("A talk.", "One talk.", set()),
        ("def ", "def !", set()),  # lint reports its faults
    ],
)
def test_names_that_are_touched_in_a_model(old: str, new: str, names: set[str]) -> None:
    found = touched_names("addons/core/models/talk.py", MODEL, MODEL.replace(old, new))
    if old == '"core.talk"':
        found -= {"write"}
    assert found == names


def test_names_that_are_touched_in_a_view() -> None:
    old = "<odoo><record id='talk_view_form'><p id='inner'/></record><menuitem id='menu'/></odoo>"
    new = old.replace("inner", "outer")
    assert touched_names("addons/core/views/talk.xml", old, new) == {"talk_view_form"}
    assert touched_names("addons/core/views/talk.xml", "", new) == {"talk_view_form", "menu"}
    assert touched_names("addons/core/static/talk.js", old, new) == set()


@pytest.mark.parametrize(
    ("name", "addons", "files"),
    [
        ("addons/core/core/hours.py", ("core",), ["test_bot_steps", "test_core_hours"]),
        ("addons/phone/cloud.py", ("phone",), ["test_phone"]),
        ("devtools/linting.py", (), ["test_devtools_lint"]),
        ("tests/unit/fake_wire.py", (), ["test_wire"]),
        ("tests/unit/test_wire.py", (), ["test_wire"]),
        ("docs/README.md", (), []),
    ],
)
def test_tests_without_odoo(
    house: Path, name: str, addons: tuple[str, ...], files: list[str]
) -> None:
    found = changed.choose_unit([name], addons, house)
    assert found[0] == "tests/deployment"
    assert [Path(path).stem for path in found[1:]] == files


def test_tests_in_browsers_of_the_table_exist() -> None:
    stems = {stem for stems in changed.E2E.values() for stem in stems}
    missing = {stem for stem in stems if not (changed.ROOT / f"tests/e2e/{stem}.py").is_file()}
    assert missing == set()
    for name in changed.READ_ALL:
        assert (changed.ROOT / name).is_file()


def test_tests_in_browsers() -> None:
    found = changed.choose_e2e(["tests/e2e/test_desk.py"], ("chatbot_flow",), changed.ROOT)
    assert found == ("tests/e2e/test_desk.py", "tests/e2e/test_flow_editor.py")


@pytest.fixture
def repository(house: Path) -> Path:
    """Return the house in git: a branch off main, with a file not added yet."""

    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        subprocess.run(["git", *who, *words], cwd=house, check=True, capture_output=True)

    git("init", "-b", "main")
    git("add", "-A")
    git("commit", "-m", "one")
    git("checkout", "-b", "branch")
    put(house / "addons/core/models/talk.py", MODEL.replace("True", "False"))
    git("commit", "-am", "two")
    put(house / "addons/phone/models/new thing.py", "")
    return house


def test_what_changed_since_the_branch_left_main(repository: Path) -> None:
    base = changed.base_commit(root=repository)
    names = ["addons/core/models/talk.py", "addons/phone/models/new thing.py"]
    assert changed.changed_files(base, repository) == names
    assert changed.changed_files(changed.base_commit("HEAD", repository), repository) == names[1:]
    selection = changed.select(base, repository, ADDONS)
    assert selection.addons == ("core", "phone")
    assert [path.stem for path in selection.odoo["bot"]] == ["test_session"]
    assert selection.unit


def test_a_commit_that_is_not_there_is_named(repository: Path, tmp_path_factory) -> None:
    with pytest.raises(Problem, match="--changed nowhere: não existe"):
        changed.base_commit("nowhere", repository)
    with pytest.raises(Problem, match="compara com um commit do git"):
        changed.base_commit(root=tmp_path_factory.mktemp("no_git"))


def test_what_everything_depends_on_is_named(repository: Path) -> None:
    put(repository / "requirements.txt", "")
    selection = changed.select(changed.base_commit(root=repository), repository, ADDONS)
    assert selection.notes == [
        "requirements.txt changed: everything depends on it, ./dev test runs it all"
    ]


@pytest.mark.parametrize(
    ("words", "wanted"), [([], None), (["--changed"], ""), (["--changed", "v1"], "v1")]
)
def test_the_option(words: list[str], wanted: str | None) -> None:
    assert cli.make_parser().parse_args(["test", *words]).changed == wanted
