import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import contacts, phones

#: Real ones: numbers of areas that do not exist are no telephones
AREA = st.sampled_from(["11", "19", "21", "27", "31", "38", "47", "51", "61", "71", "85", "92"])
MOBILE = st.from_regex(r"[6-9][0-9]{7}", fullmatch=True).filter(lambda one: len(set(one)) > 1)
#: One figure all along is what people type to be let through: no telephone
LAND_LINE = st.from_regex(r"[2-5][0-9]{7}", fullmatch=True).filter(lambda one: len(set(one)) > 1)


def writings(area, number):
    """Return the ways in which people write one number."""
    head, tail = number[:-4], number[-4:]
    return (
        f"55{area}{number}",
        f"+55 {area} {head}-{tail}",
        f"({area}) {head}-{tail}",
        f"0{area} {head} {tail}",
        f"{area}{number}",
    )


@given(AREA, MOBILE)
def test_a_mobile_is_the_same_however_it_is_written(area, number):
    keys = {contacts.phone_key(w) for n in (number, "9" + number) for w in writings(area, n)}
    assert keys == {f"55{area}9{number}"}


@given(AREA, LAND_LINE)
def test_a_land_line_never_gets_a_ninth_digit(area, number):
    keys = {contacts.phone_key(writing) for writing in writings(area, number)}
    assert keys == {f"55{area}{number}"}
    assert contacts.phone_key(f"55{area}9{number}") not in keys


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(text):
    contacts.phone_display(text)


def test_foreign_numbers_stay_as_they_are():
    assert contacts.phone_display("+351 912 345 678") == "+351 912 345 678"
    assert contacts.phone_key("+351 912 345 678") == "351912345678"


def test_what_is_none_has_no_key_and_stays_as_it_is():
    for text in ("0800 283 2289", "98888-7777", "5,53199E+12", "não tem", "31 99999-9999", ""):
        assert contacts.phone_key(text) == ""
        assert contacts.phone_display(text) == text


def test_a_telephone_as_it_is_stored():
    assert contacts.tidy_phone("(31) 8888-7777") == ("+55 31 98888-7777", "")
    assert contacts.tidy_phone("0800 283  2289") == ("0800 283 2289", "")
    # the mobile is the one that is written to; nothing of the rest is lost
    text = "31 3333-4444 / 31 98888-7777 (Maria)"
    assert contacts.tidy_phone(text) == ("+55 31 98888-7777", text)
    assert contacts.tidy_phone("98888-7777", area="31") == ("+55 31 98888-7777", "")
    with pytest.raises(phones.NotAPhone):
        contacts.tidy_phone("98888-7777")
