"""Understanding beside a flow is the same as in a flow."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine import understanding
from contact_center.core.yes_no import NO_WORDS, YES_WORDS


def said(text, kind="text"):
    return SimpleNamespace(text=text, kind=kind)


@pytest.mark.parametrize("word", [*YES_WORDS, "SIM!", " Sim, por favor", "Sím."])
def test_yes_of_a_flow_is_yes_here(word):
    assert understanding.yes_or_no(said(word)) is True


@pytest.mark.parametrize("word", [*NO_WORDS, "Não", "NÃO!!", "nao, obrigado"])
def test_no_of_a_flow_is_no_here(word):
    assert understanding.yes_or_no(said(word)) is False


@pytest.mark.parametrize("word", ["", "talvez", "sim mas ainda não testei tudo", "1234"])
def test_anything_else_is_neither(word):
    assert understanding.yes_or_no(said(word)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Menu", "menu"),
        ("VOLTAR", "back"),
        ("Atendente!", "agent"),
        ("falar com uma pessoa", "agent"),
        ("sair", "exit"),
        ("0", ""),
        ("#", ""),
        ("quero sair do prédio", ""),
        ("", ""),
    ],
)
def test_global_words(text, name):
    assert understanding.command(text) == name


def test_global_words_of_a_flow_count_instead():
    words = {"agent": frozenset({"gente"})}
    assert understanding.command("gente", words) == "agent"
    assert understanding.command("atendente", words) == ""


OFFERS = [("Chamado nº 4711", "4711", "Impressora parada"), ("Outro assunto",)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 0),
        ("2)", 1),
        ("a primeira", 0),
        ("4711", 0),
        ("é o chamado 4711", 0),
        ("impressora parada", 0),
        ("outro", 1),
        ("Outro asunto", 1),
        ("3", None),
        ("sei lá", None),
    ],
)
def test_offers_are_picked_by_place_name_or_words(text, place):
    assert understanding.pick(OFFERS, text) == place


@pytest.mark.parametrize("text", ["Pronto", "só isso!", "ACABOU"])
def test_done(text):
    assert understanding.is_done(text)


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text):
    assert understanding.yes_or_no(said(text)) in (True, False, None)
    assert understanding.command(text) in ("", "menu", "back", "agent", "exit")
    assert understanding.pick(OFFERS, text) in (None, 0, 1)
