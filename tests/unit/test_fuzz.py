"""Readers of others' bytes survive ten thousand inputs; `./dev fuzz` tries more."""

import io
import random
import zipfile

import pytest

from contact_center.core import holiday_calendar
from contact_center.core.holiday_errors import HolidayFileError
from glpi_connector.rest import images
from tests.fuzz.program import main
from tests.fuzz.running import BATCH, Found, check, fuzz, inputs, save
from tests.fuzz.targets import TARGETS, Target

COUNT = 10_000
YEARS = range(2026, 2029)


@pytest.mark.parametrize("name", TARGETS)
def test_ten_thousand_inputs(name):
    assert fuzz(name, TARGETS[name], COUNT, seed=random.SystemRandom().getrandbits(32)) >= COUNT


def test_one_that_fails_is_found_told_and_saved(tmp_path, monkeypatch, capsys):
    def refuse(number):
        assert number % 7, "by seven"

    target = Target(lambda draw: draw.randint(1, 1000), refuse)
    with pytest.raises(Found, match=r"seven: AssertionError: by seven") as found:
        fuzz("seven", target, 1000, seed=1)
    assert found.value.given % 7 == 0
    assert save(tmp_path, "seven", found.value.given).read_text() == repr(found.value.given)
    monkeypatch.setitem(TARGETS, "seven", target)
    words = ["--count", "500", "--target", "seven", "--seed", "1", "--save", str(tmp_path / "new")]
    assert main(words) == 1
    told = capsys.readouterr().out
    assert "FAILED seven" in told and str(next((tmp_path / "new").iterdir())) in told


def test_same_seed_gives_the_same_inputs():
    seen = []
    target = Target(lambda draw: draw.random(), seen.append)
    for _ in range(2):
        fuzz("x", target, 200, seed=5)
    assert len(seen) == 400 and seen[:200] == seen[200:]
    assert len(inputs(target, 1)) == BATCH


def test_slow_one_is_a_failure(monkeypatch):
    monkeypatch.setattr("tests.fuzz.running.SLOW", 0.0)
    with pytest.raises(Found, match="took"):
        check("x", Target(lambda draw: 1, lambda given: sum(range(200_000))), 1)


def calendar(rule):
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261208\r\n"
        f"RRULE:{rule}\r\nSUMMARY:Dia\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sharedStrings.xml", b"\0" * 120_000_000)
    return packed.getvalue()


def test_picture_of_glpi_whose_address_is_no_text():
    assert [p.data for p in images.inline('<img src="data:image/png,\ud800">', 1000)] in ([], [b""])


@pytest.mark.parametrize(
    "content",
    [
        calendar("F=1+1REQ=YEARLY"),
        calendar("FREQ=SECONDLY"),
        calendar("FREQ=YEARLY;BYSECOND=1,2,3"),
        b"08/12/2026;" + b"x" * 200_000,
        bomb(),
    ],
    ids=["rule that is none", "by the second", "by seconds", "huge cell", "huge when unpacked"],
)
def test_holiday_files_that_fuzzing_found(content):
    with pytest.raises(HolidayFileError):
        holiday_calendar.read_file(content, YEARS)
