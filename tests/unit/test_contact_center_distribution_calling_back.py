"""When call-backs are offered, repeated and given up, and what citizens answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_distribution.routing import calling_back as core
from contact_center_distribution.routing.calling_back import Moment, Wishes, step, why_offer

ALL = Wishes(after=600.0, without_forecast=True, at_closing=True)


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (Moment(waited=599), ""),
        (Moment(waited=600), "wait"),
        (Moment(has_forecast=False), "no_forecast"),
        (Moment(is_open=False, is_closing=True), "closing"),
        (Moment(is_open=False, waited=9000, has_forecast=False), ""),
        (Moment(waits=False, waited=600), ""),
        (Moment(state="declined", waited=600), ""),
        (Moment(state="waiting", waited=600), ""),
    ],
)
def test_why_it_is_offered(moment, why):
    assert why_offer(moment, ALL) == why
    assert step(moment, ALL) == ("offer" if why else "")
    assert why_offer(moment, Wishes()) == "", "a queue that wants nothing offers nothing"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (Moment("offered", waits=False, silent=899), ""),
        (Moment("offered", waits=False, silent=900), "forget"),
        (Moment("offered", waits=True, silent=9000), ""),
        (Moment("called", waits=False, silent=899, tries=1), ""),
        (Moment("called", waits=False, silent=900, tries=1), "again"),
        (Moment("called", waits=False, silent=900, tries=2), "give_up"),
        (Moment("called", waits=False, silent=900, tries=2, is_open=False), ""),
        (Moment("answered", waits=False, silent=9000, tries=1), ""),
    ],
)
def test_what_time_brings(moment, expected):
    assert step(moment, Wishes()) == expected


moments = st.builds(
    Moment,
    state=st.sampled_from(("", *core.OPEN, *core.ENDED)),
    waits=st.booleans(),
    waited=st.floats(0, 1e5),
    is_open=st.booleans(),
    is_closing=st.booleans(),
    has_forecast=st.booleans(),
    silent=st.floats(0, 1e5),
    tries=st.integers(0, 5),
)
wishes = st.builds(
    Wishes,
    after=st.floats(0, 1e4),
    without_forecast=st.booleans(),
    at_closing=st.booleans(),
    answer_seconds=st.floats(60, 1e4),
    tries=st.integers(1, 4),
)


@given(moments, wishes)
def test_nobody_is_called_or_asked_at_night(moment, wanted):
    """But at the very end of the hours, once."""
    done = step(moment, wanted)
    if not moment.is_open and not moment.is_closing:
        assert done in ("", "forget")
    if moment.state in core.ENDED or moment.state == "waiting":
        assert done == "", "nothing is done twice"
    if done == "again":
        assert moment.tries < wanted.tries


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("quero retorno", True),
        ("retorno", True),
        ("me chama depois", True),
        ("pode me chamar quando chegar a minha vez", True),
        ("me liga", True),
        ("prefiro esperar", False),
        ("vou aguardar", False),
        ("quero ficar na fila", None),
        ("fico na fila", False),
        ("retorno do medico", None),
        ("liga a luz da rua", None),
        ("", None),
    ],
)
def test_answers_in_words(words, answer):
    assert core.read_answer(words) is answer


@pytest.mark.parametrize(
    ("words", "cancels"),
    [
        ("cancelar", True),
        ("quero cancelar", True),
        ("cancela o retorno", True),
        ("desisto", True),
        ("nao preciso mais", True),
        ("nao quero mais", True),
        ("nao precisa me ligar", True),
        ("cancelaram a minha consulta", False),
        ("preciso cancelar uma multa", False),
        ("nao quero pagar", False),
        ("sim", False),
    ],
)
def test_words_that_cancel(words, cancels):
    assert core.is_cancel(words) is cancels
