"""The GLPI stand-in answers what a real GLPI 10.0.6 answered: one test per recorded case.

Cases that the stand-in leaves out are skipped with the reason, never counted as passed.
"""

import pytest

from .glpi_replay import NOT_COMPARED, RECORD, Replay, load_cases

CASES = load_cases()
NO_RECORD = f"no recorded GLPI exchanges at {RECORD} (set GLPI_CONTRACT_DIR)"

# What the connector meets: these cases must be compared, whatever else is left out.
REQUIRED = {
    *range(2, 23),
    *range(31, 37),
    *range(40, 49),
    *range(54, 62),
    *range(67, 73),
    *range(90, 97),
    *range(104, 109),
    *range(114, 120),
    *range(133, 143),
    180,
}


def parameters():
    for case in CASES:
        reason = NOT_COMPARED.get(case.number)
        marks = [pytest.mark.skip(reason=f"not in the stand-in: {reason}")] if reason else []
        yield pytest.param(case.number, id=case.name, marks=marks)


@pytest.fixture(scope="module")
def outcomes():
    return Replay().run(CASES)


@pytest.mark.skipif(not CASES, reason=NO_RECORD)
def test_what_the_connector_meets_is_compared():
    recorded = {case.number for case in CASES}
    assert recorded >= REQUIRED, "the record lacks cases"
    assert not REQUIRED & set(NOT_COMPARED)


@pytest.mark.skipif(not CASES, reason=NO_RECORD)
@pytest.mark.parametrize("number", list(parameters()))
def test_recorded_case(outcomes, number):
    outcome = outcomes[number]
    assert outcome.compared
    assert outcome.case.exchanges
    assert not outcome.differences, "\n".join(outcome.differences)
