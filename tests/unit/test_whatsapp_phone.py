"""Brazil's ninth digit: both forms are searched, none is computed for sending."""

from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import phone


def test_mobile_is_known_under_both_forms():
    assert phone.variants("5531988887777") == ("5531988887777", "553188887777")
    assert phone.variants("553188887777") == ("553188887777", "5531988887777")


def test_land_line_never_becomes_a_mobile():
    assert phone.variants("553133334444") == ("553133334444",)
    assert phone.variants("5531933334444") == ("5531933334444",)


def test_sao_paulo_keeps_its_nine_first():
    assert phone.variants("5511988887777")[0] == "5511988887777"


def test_other_countries_have_one_form():
    assert phone.variants("16505551234") == ("16505551234",)
    assert phone.variants("") == ()


def test_address_book_form_has_the_nine():
    assert phone.e164("553188887777") == "+5531988887777"
    assert phone.e164("553133334444") == "+553133334444"
    assert phone.display("553188887777") == "+55 31 98888-7777"
    assert phone.display("") == ""


def test_business_scoped_ids_are_recognised():
    assert phone.is_bsuid("BR.13491208655302741918")
    assert phone.is_bsuid("US.ENT.11815799212886844830")
    assert not phone.is_bsuid("5531988887777")
    assert not phone.is_bsuid("BR.")
    assert not phone.is_bsuid(None)


@given(st.text(max_size=30))
def test_any_text_is_answered(text):
    forms = phone.variants(text)
    assert all(form.isascii() and form.isdigit() for form in forms)
    phone.display(text)
    for form in forms:
        assert set(phone.variants(form)) == set(forms)
