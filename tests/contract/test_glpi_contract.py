"""The stand-in answers what a real GLPI 10.0.6 answered: a test for each case.

Cases that the stand-in leaves out have no test here: `NOT_COMPARED` names them with the reason.
"""

import pytest

from .glpi_replay import NOT_COMPARED, Replay, load_cases

CASES = load_cases()

# Cases that the connector meets: they must be compared, whatever else is left out.
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


COMPARED = [case for case in CASES if case.number not in NOT_COMPARED]


@pytest.fixture(scope="module")
def outcomes():
    return Replay().run(CASES)


def test_what_the_connector_meets_is_compared():
    recorded = {case.number for case in CASES}
    assert recorded >= REQUIRED, "the record lacks cases"
    assert not REQUIRED & set(NOT_COMPARED)


def test_every_case_is_compared_or_left_out_with_a_reason():
    recorded = {case.number for case in CASES}
    assert set(NOT_COMPARED) <= recorded, "a reason is given for a case that is not recorded"
    assert len(COMPARED) + len(NOT_COMPARED) == len(recorded) >= 182
    assert all(NOT_COMPARED.values())


@pytest.mark.parametrize("case", COMPARED, ids=lambda case: case.name)
def test_recorded_case(outcomes, case):
    outcome = outcomes[case.number]
    assert outcome.compared
    assert outcome.case.exchanges
    assert not outcome.differences, "\n".join(outcome.differences)
