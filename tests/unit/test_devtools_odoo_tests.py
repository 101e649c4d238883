"""Distribution of the addons' tests."""

import ast
from pathlib import Path

import pytest

from devtools import odoo_tests
from devtools.addon_files import own_depends
from devtools.reach import reached
from devtools.results import Result
from devtools.settings import own_addons


@pytest.fixture
def addon(tmp_path: Path) -> Path:
    """Return an addon `a` with three test files of 4, 3 and 2 tests."""
    folder = tmp_path / "addons" / "a" / "tests"
    folder.mkdir(parents=True)
    (folder / "common.py").write_text("class C:\n    def test_none(self):\n        ...\n")
    for name, count in (("x", 4), ("y", 3), ("z", 2)):
        methods = "".join(f"    def test_{name}{n}(self):\n        ...\n" for n in range(count))
        (folder / f"test_{name}.py").write_text(f"class T{name.upper()}(C):\n{methods}")
    return tmp_path


def names(share: odoo_tests.Share) -> list[str]:
    return [path.name for path in share.files]


def test_files_are_shared_out_evenly(addon: Path) -> None:
    first, second = odoo_tests.shares_of("a", root=addon, size=5)
    assert (names(first), first.count) == (["test_x.py"], 4)
    assert (names(second), second.count) == (["test_y.py", "test_z.py"], 5)
    assert (first.name, second.name) == ("a-1", "a-2")


def test_every_test_is_in_one_share() -> None:
    """Of the real addons."""
    for name in own_addons():
        files = [path for share in odoo_tests.shares_of(name, size=30) for path in share.files]
        folder = odoo_tests.ROOT / "addons" / name / "tests"
        beside = odoo_tests.ROOT / odoo_tests.BESIDE_TESTS
        assert sorted(files) == sorted(set(folder.glob("test_*.py")) - {beside})


def test_the_tests_beside_other_applications_name_those_that_are_installed() -> None:
    path = odoo_tests.ROOT / odoo_tests.BESIDE_TESTS
    (named,) = (
        ast.literal_eval(node.value)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and node.targets[0].id == "BESIDE"
    )
    assert named == odoo_tests.NEIGHBOURS


def test_words_choose_the_files(addon: Path) -> None:
    (share,) = odoo_tests.shares_of("a", "test_y1 or test_z0", root=addon)
    assert names(share) == ["test_y.py", "test_z.py"]
    assert odoo_tests.shares_of("a", "nothing", root=addon) == []


@pytest.mark.parametrize(
    ("expression", "text", "may"),
    [
        ("", "anything", True),
        ("survey", "class TestSurvey", True),
        ("survey and open", "def test_open", True),
        ("survey", "def test_close", False),
        ("not survey", "def test_close", True),
    ],
)
def test_what_an_expression_may_mean(expression: str, text: str, may: bool) -> None:
    assert odoo_tests.has_a_word(expression, text) is may


def test_databases_are_made_from_those_below() -> None:
    assert odoo_tests.bases("contact_center") == ()
    assert odoo_tests.bases("whatsapp_helpdesk") == ("chatbot_flow",)
    assert odoo_tests.with_dependencies({"glpi_connector"}) == {
        *("contact_center", "chatbot_flow", "glpi_connector")
    }


@pytest.mark.parametrize(
    ("report", "status", "words", "failures"),
    [
        ("<testcase classname='a' name='one'/>", 0, "", []),
        ("<testcase classname='a' name='one'><failure/></testcase>", 1, "", ["a::one"]),
        (
            "<testcase classname='a' name='one'><skipped/></testcase>",
            *(0, "", ["skipped: a::one"]),
        ),
        ("", 5, "survey", []),
        ("", 5, "", ["pytest ended with status 5"]),
        ("<testcase classname='a' name='one'/>", 3, "", ["pytest ended with status 3"]),
    ],
)
def test_a_report_is_judged(
    tmp_path: Path, report: str, status: int, words: str, failures: list[str]
) -> None:
    """Nothing may be left unproven: a skipped test fails, and so does a share that ran nothing."""
    path = tmp_path / "a-1.xml"
    path.write_text(f"<testsuites><testsuite>{report}</testsuite></testsuites>")
    counted = Result("a-1")
    odoo_tests.count("a-1", status, path, words, counted)
    assert counted.failures == failures


def test_a_run_without_a_report_fails(tmp_path: Path) -> None:
    counted = Result("a-1")
    odoo_tests.count("a-1", 4, tmp_path / "none.xml", "", counted)
    assert counted.failures == ["pytest ended with status 4"]


def test_that_file_alone_needs_no_other_database() -> None:
    """`--changed` chooses it so."""
    tests = odoo_tests.OdooTests.__new__(odoo_tests.OdooTests)
    tests.words, beside = "", odoo_tests.ROOT / odoo_tests.BESIDE_TESTS
    tests.chosen = {"test_contact_center": (beside,)}
    shares = tests._shares(own_addons())
    assert (shares, tests._jobs(own_addons(), shares)) == ([], [])
    assert [job.name for job in tests._jobs_beside(tests._beside())] == [
        "neighbours",
        "neighbours-1",
    ]
    tests.chosen = {"contact_center": ()}
    assert tests._beside() == []


def test_terms_are_read_in_as_few_databases_as_can_be() -> None:
    """Each addon in one that has it; of the real addons."""
    addons = own_addons()
    found = odoo_tests.together(addons)
    assert sorted(name for names in found.values() for name in names) == sorted(addons)
    for top, names in found.items():
        assert set(names) <= {top, *reached([top], lambda one: own_depends(one, addons))}
    assert len(found) < len(addons)
    assert odoo_tests.together([]) == {}
