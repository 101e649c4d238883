"""Reading what tests and servers said: logs, reports, the summary."""

import subprocess
import threading

import pytest

from devtools import chance, junit, logcheck, testing
from devtools.configuration import odoo_conf
from devtools.console import Progress, box
from devtools.results import Result, summary

STAMP = "2026-11-21 23:08:16,968 4488"
LOG = f"""{STAMP} INFO db odoo.modules.loading: fine
{STAMP} WARNING db odoo.addons.contact_center.models.queue: strange
{STAMP} ERROR db odoo.sql_db: bad query
Traceback (most recent call last):
  File "x.py", line 1
psycopg2.Error: no
{STAMP} INFO db odoo: fine again
"""


def test_warnings_and_worse_are_complaints_with_their_traceback():
    found = logcheck.unexpected("odoo.log", LOG, [])
    assert [complaint.line for complaint in found] == [2, 3]
    assert found[0].text == "WARNING odoo.addons.contact_center.models.queue: strange"
    assert found[1].text.endswith("psycopg2.Error: no")


def test_expected_lines_are_none():
    expected = [logcheck.re.compile("queue: strange"), logcheck.re.compile("psycopg2.Error: no")]
    assert logcheck.unexpected("odoo.log", LOG, expected) == []


def test_a_line_may_be_expected_while_the_server_stops_only():
    broken = f"{STAMP} ERROR db odoo.sql_db: cursor already closed\n"
    stop = f"{STAMP} INFO db odoo.service.server: Initiating shutdown\n"
    start = f"{STAMP} INFO ? odoo: Odoo version 19.0\n"
    expected = [logcheck.re.compile("^stopping: ERROR .* already closed")]
    found = logcheck.unexpected("odoo.log", broken + stop + broken + start + broken, expected)
    assert [complaint.line for complaint in found] == [1, 5]


def test_a_traceback_in_a_plain_log_is_a_complaint():
    text = "Meta: http://127.0.0.1:1\nTraceback (most recent call last):\n  File x\nValueError: y\n"
    (found,) = logcheck.unexpected("sandbox.log", text, [])
    assert "ValueError: y" in found.text


def test_every_expected_line_has_its_reason(tmp_path):
    assert logcheck.load_expected()
    path = tmp_path / "expected.txt"
    path.write_text("# because\nfirst\nsecond\n")
    with pytest.raises(ValueError, match=r"expected\.txt:3: a pattern needs its reason"):
        logcheck.load_expected(path)


def test_pytests_report_is_counted(tmp_path):
    report = tmp_path / "unit.xml"
    report.write_text(
        "<testsuites><testsuite><testcase classname='a' name='one'/>"
        "<testcase classname='a' name='two'><failure/></testcase>"
        "<testcase classname='a' name='three'><skipped/></testcase></testsuite></testsuites>"
    )
    result = Result("unit")
    junit.read_junit(report, result)
    assert (result.passed, result.failed, result.skipped) == (1, 1, 1)
    assert result.failures == ["a::two"]


def test_the_counts_of_shares_are_added():
    result = Result("odoo", passed=2)
    result.add(Result("contact_center-1", passed=3, failed=1, failures=["a::two"]))
    assert (result.passed, result.failed, result.failures) == (5, 1, ["a::two"])


def test_the_summary_ends_with_the_counts_alone_on_a_line():
    results = [Result("lint", passed=7), Result("odoo", passed=200, failed=1, failures=["TestX"])]
    lines = summary(results, 61).splitlines()
    assert lines[-1] == "207 passed, 1 failed"
    assert any("FAILED (odoo): TestX" in line for line in lines)
    assert summary([Result("unit", passed=1, skipped=2)], 1).endswith(
        "\n1 passed, 0 failed, 2 skipped"
    )


def test_the_configuration_of_a_server():
    text = odoo_conf({"http_port": 8169, "db_name": "x", "log_level": "warn"})
    assert "http_port = 8169" in text
    assert "log_level = warn" in text
    assert "log_level = info" not in text
    assert "\n[queue_job]\nchannels = root:" in text


def test_a_value_cannot_bring_options_of_its_own():
    with pytest.raises(ValueError, match="line break"):
        odoo_conf({"db_name": "x\nlist_db = True"})


def test_the_box_is_as_wide_as_its_longest_line():
    lines = box(["a", "longer"]).splitlines()
    assert len({len(line) for line in lines}) == 1


class Stream:
    """A stream that collects its lines; no terminal."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        """Do nothing."""

    def isatty(self):
        return False


def test_progress_in_a_log_is_a_line_now_and_then():
    now = [0.0]
    stream = Stream()
    with Progress("Odoo", 100_000_000, stream, clock=lambda: now[0]) as progress:
        for second in range(12):
            now[0] = second
            progress.show(second * 10_000_000)
    assert stream.text.splitlines() == [
        "Odoo ...",
        "Odoo: 50 MB de 100 MB (50 %), 5 s",
        "Odoo: 100 MB de 100 MB (100 %), 10 s",
        "Odoo: pronto em 11 s",
    ]


def e2e(passed: int, *failures: str) -> Result:
    result = Result("e2e", passed=passed)
    for failure in failures:
        result.fail(failure)
    return result


def test_files_with_failures_are_played_again_unless_something_else_failed():
    desk = ["tests.e2e.test_desk::test_a", "tests.e2e.test_lists::test_b[x::y]"]
    assert testing.files_of([*desk, desk[0]]) == (
        "tests/e2e/test_desk.py",
        "tests/e2e/test_lists.py",
    )
    assert testing.files_of([*desk, "pytest ended with status 3"]) == ()
    assert testing.files_of([]) == ()


def test_what_fails_twice_is_a_failure_and_what_passes_alone_a_note():
    verdict = testing.second_verdict(e2e(10, "a::one", "a::two"), e2e(3, "a::two", "a::three"))
    assert (verdict.passed, verdict.failed) == (11, 2)
    assert verdict.failures == ["a::two", "a::three"]
    assert verdict.notes == ["failed once, passed when played alone: a::one"]


def test_a_second_attempt_that_ran_nothing_forgives_nothing():
    verdict = testing.second_verdict(e2e(10, "a::one"), e2e(0, "pytest ended with status 4"))
    assert verdict.failures == ["a::one", "pytest ended with status 4"]


def test_the_seed_is_that_of_the_content(tmp_path):
    def git(*words: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    (tmp_path / "a").write_text("one")
    git("add", "-A")
    git("commit", "-m", "one")
    first = chance.seed(tmp_path)
    git("commit", "--amend", "-m", "the same content, another commit")
    assert chance.seed(tmp_path) == first
    (tmp_path / "a").write_text("two")
    git("commit", "-am", "two")
    assert chance.seed(tmp_path) != first


def test_lint_and_unit_run_side_by_side_and_the_rest_one_after_the_other():
    assert testing.groups_of(list(testing.PARTS), False) == [
        [["lint"], ["unit"]],
        [["odoo"]],
        [["e2e"]],
    ]
    assert testing.groups_of(["e2e"], False) == [[], [["e2e"]]]


def test_of_what_changed_odoo_s_tests_run_beside_the_rest():
    assert testing.groups_of(list(testing.PARTS), True) == [[["lint", "unit", "e2e"], ["odoo"]]]


def test_results_come_in_the_order_of_their_lists():
    meeting = threading.Barrier(2, timeout=10)

    def work_off(parts):
        meeting.wait()
        return parts

    assert testing.beside_each_other(work_off, [["lint"], ["unit", "e2e"]]) == [
        "lint",
        "unit",
        "e2e",
    ]
    assert testing.beside_each_other(work_off, []) == []
