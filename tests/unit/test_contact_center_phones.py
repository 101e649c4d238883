"""Telephones as people write them: read, or refused with a reason, not guessed."""

import csv

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import phones
from tests.cases import path_of
from tests.unit.test_contact_center_tidying import BLANKS, DASHES, INVISIBLE

MOBILE = "+5531988887777"
LAND_LINE = "+553133334444"


@pytest.mark.parametrize(
    "text",
    ["(31) 98888-7777", "31988887777", "3188887777", "+55 31 98888-7777", "5531988887777",
     "553188887777", "031 98888-7777", "0 31 31 98888-7777", "0 41 31 98888-7777", "31.98888.7777",
     "31-9-8888-7777", "+55 (031) 98888-7777", "(+55) 31 98888-7777", "00 55 31 98888-7777",
     "+55 55 31 98888-7777", "055 31 98888-7777", "5531988887777.0", "5,531988887777E+12",
     "３１ ９８８８８−７７７７", "\u202a+55 31 98888‑7777\u202c",
     "31 / 98888-7777", "tel:+5531988887777", "Tel.: (31) 98888-7777", "wa.me/5531988887777",
     "31 98888-7777 (Maria)", "falar com João: 31 98888-7777", "(0xx31) 98888-7777",
     "31\u00a098888\u00a07777", "meu número é 31 98888 7777, ok"],
)  # fmt: skip
def test_one_mobile_in_all_its_writings(text):
    assert phones.read(text).numbers == (MOBILE,)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(31) 3333-4444", (LAND_LINE,)),
        ("31 3333-4444 ramal 12", (LAND_LINE,)),
        ("(31) 9 8888-7777 / 3333-4444", (MOBILE, LAND_LINE)),
        ("+55 31 98888-7777 ::: +55 31 3333-4444", (MOBILE, LAND_LINE)),
        ("31 98888-7777 e 31 97777-6666", (MOBILE, "+5531977776666")),
        ("31988887777;3133334444", (MOBILE, LAND_LINE)),
        ("31988887777\n3133334444", (MOBILE, LAND_LINE)),
        ("31988887777 3133334444", (MOBILE, LAND_LINE)),
        ("+351 912 345 678", ("+351912345678",)),
        ("+1 (650) 253-0000", ("+16502530000",)),
        ("+55 55 98888-7777", ("+5555988887777",)),
        ("55 98888-7777", ("+5555988887777",)),
    ],
)
def test_several_numbers_foreign_ones_and_area_55(text, numbers):
    assert phones.read(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "none"),
        ("não tem", "none"),
        ("-", "none"),
        ("0", "none"),
        (None, "none"),
        ("98888-7777", "short"),
        ("9 8888-7777", "short"),
        ("3333-4444", "short"),
        ("5,53199E+12", "lost"),
        ("5.53E+12", "lost"),
        ("5,53E+12 / 31 98888-7777", "lost"),
        ("0800 283 2289", "service"),
        ("4004-1234", "service"),
        ("156", "none"),
        ("31 98888-777", "invalid"),
        ("31 98888-77777", "invalid"),
        ("(00) 98888-7777", "invalid"),
        ("31 99999-9999", "invalid"),
        ("351912345678", "invalid"),
        ("+999 12345678", "invalid"),
        ("390.533.447-05", "invalid"),
        ("12345678901234", "invalid"),
        ("1" * 300, "none"),
    ],
)
def test_what_is_none_is_refused_with_the_reason(text, reason):
    with pytest.raises(phones.NotAPhone) as refused:
        phones.read(text)
    assert refused.value.reason == reason


def test_an_area_code_completes_local_numbers_and_no_others():
    assert phones.read("98888-7777", area="31").numbers == (MOBILE,)
    assert phones.read("8888-7777", area="31").numbers == (MOBILE,)
    assert phones.read("3333-4444", area="31").numbers == (LAND_LINE,)
    assert phones.read("21 98888-7777", area="31").numbers == ("+5521988887777",)
    for text in ("888-7777", "0800 283 2289", "5,53199E+12"):
        with pytest.raises(phones.NotAPhone):
            phones.read(text, area="31")


AREAS = st.sampled_from(
    [11, 12, 21, 22, 27, 28, 31, 38, 41, 48, 51, 55, 61, 69, 71, 79, 81, 92, 99]
)
NUMBERS = st.from_regex(r"9[6-9][0-9]{7}|[2-5][0-9]{7}", fullmatch=True).filter(
    lambda number: len(set(number)) > 1 and not phones._SERVICE.fullmatch(number)
)


@given(AREAS, NUMBERS, st.data())
def test_marks_that_nobody_sees_never_change_a_number(area, number, data):
    dash, blank = data.draw(st.sampled_from(DASHES)), data.draw(st.sampled_from(BLANKS))
    text = f"({area}){blank}{number[:-4]}{dash}{number[-4:]}"
    for _mark in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(INVISIBLE)) + text[at:]
    assert phones.read(text).numbers == (f"+55{area}{number}",)


@given(st.text(max_size=60) | st.text(alphabet="0123456789+()-/ .e", max_size=40))
def test_whatever_is_read_is_a_number_that_can_be_dialled(text):
    try:
        found = phones.read(text)
    except phones.NotAPhone as refused:
        found = refused
    if isinstance(found, phones.NotAPhone):
        assert found.reason in phones.REASONS
        return
    assert found.numbers
    for number in found.numbers:
        assert phonenumbers.is_valid_number(phonenumbers.parse(number, None))


def test_the_case_of_a_citys_file():
    expected = {
        "A1": "lost",
        "B1": ("+5531988881177", "+553133334444"),
        "B2": ("+5531988882290", "+5531988882291"),
        "B3": ("+5531988882293",),
        "B5": "service",
        "B6": "short",
    }
    with path_of("w13-contacts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                found = phones.read(row["phone"]).numbers
            except phones.NotAPhone as refused:
                found = refused.reason
            assert found == expected[row["name"]], row
