"""Every recorded case that the connector can meet is understood rightly.

Each step (see `glpi_connector_step`) gives the connector one or more recorded answers, lets it do
what it would do at that point, and says what must come of it. The cases that it cannot meet stand
in `NOT_MET` by number, with the reason.
"""

import pytest

from glpi_connector.rest import text, values

from .glpi_connector_step import Fails
from .glpi_connector_steps_changes import DOCUMENT_STEPS, UPDATE_STEPS
from .glpi_connector_steps_server import (
    CATALOGUE_STEPS,
    LOGIN_STEPS,
    SERVER_STEPS,
    SESSION_STEPS,
)
from .glpi_connector_steps_tickets import (
    FOLLOWUP_STEPS,
    SEARCH_STEPS,
    SOLUTION_STEPS,
    TICKET_STEPS,
)
from .glpi_recorded_answers import Record, client

CASE_COUNT = 182

# Why the connector never meets these: it does not ask so, or is not the one who asks.
NOT_MET = {
    3: "logs in with a token, never with a password",
    4: "logs in with a token, never with a password",
    5: "tokens go in headers, never in an address that is logged",
    8: "logs in with a token, never with a password",
    31: "makes no locations",
    32: "makes no locations",
    34: "makes no categories",
    37: "makes no users",
    38: "makes no users",
    39: "makes no users",
    40: "reads users by the search engine",
    52: "always sends a title",
    53: "always sends a content",
    54: "always sends title and content",
    59: "sends valid JSON",
    60: "sends a body with every POST",
    61: "sends input with every POST",
    62: "sends valid UTF-8",
    63: "sends the content type of its body",
    68: "never asks for expanded dropdowns",
    69: "writes item types as GLPI does",
    76: "never sends a body with GET",
    77: "reads one item at a time",
    95: "does not search by requester",
    97: "never asks for rows with indexes",
    103: "never asks for names of columns",
    105: "signs its followups itself",
    129: "writes and reads no tasks",
    132: "deletes nothing but the empty documents that it has just made",
    137: "sends one file in a request",
    144: "does not work as a requester",
    148: "is not a browser",
    149: "uses GET, POST, PUT and DELETE only",
    150: "does not read the history",
    151: "does not read notifications",
    152: "does not read pictures of users",
    153: "never sends ?debug",
    154: "knows that collections have no filters",
    157: "lets GLPI set writer and date",
    158: "lets GLPI set the writer",
    162: "uses the new name of followups",
    165: "does not work as a requester",
    166: "does not work as a requester",
    168: "the survey is the contact centre's own",
    170: "leaves notifications to GLPI",
    175: "asks for no lost passwords",
    176: "does not use massive actions",
}


@pytest.fixture(scope="module")
def record():
    return Record()


STEPS = [
    *LOGIN_STEPS,
    *SESSION_STEPS,
    *SERVER_STEPS,
    *CATALOGUE_STEPS,
    *TICKET_STEPS,
    *SEARCH_STEPS,
    *FOLLOWUP_STEPS,
    *SOLUTION_STEPS,
    *UPDATE_STEPS,
    *DOCUMENT_STEPS,
]
# looked at by tests of their own, below
NUMBERS_OF_OPTIONS = {88, 89}


def names():
    seen = {}
    for one in STEPS:
        seen[one.case] = seen.get(one.case, 0) + 1
        yield f"{one.case:03}.{seen[one.case]}"


def test_every_case_is_fed_to_the_connector_or_left_out_with_a_reason(record):
    met = {one.case for one in STEPS} | NUMBERS_OF_OPTIONS
    assert not met & NOT_MET.keys()
    assert met | NOT_MET.keys() == set(range(1, CASE_COUNT + 1)) == set(record.cases)


@pytest.mark.parametrize("one", STEPS, ids=names())
def test_recorded_answer_is_understood(record, one):
    glpi, answers = client(record, *one.meets, login=one.login, **one.options)
    if isinstance(one.gives, Fails):
        with pytest.raises(one.gives.error) as caught:
            one.does(glpi)
        assert caught.value.kind == one.gives.kind
        assert type(caught.value) is one.gives.error
        return
    result = one.does(glpi)
    if callable(one.gives):
        assert one.gives(result)
    else:
        assert result == one.gives
    assert not answers.left, "the connector asked less than it met"


OPTIONS = {
    88: {
        2: "id",
        12: "status",
        19: "date_mod",
        21: "content",
    },
    89: {
        values.USER_LOGIN: "name",
        values.USER_ID: "id",
        values.USER_EMAIL: "email",
        values.USER_PHONE: "phone",
        values.USER_PHONE2: "phone2",
        values.USER_MOBILE: "mobile",
        values.USER_ACTIVE: "is_active",
        values.USER_FIRST_NAME: "firstname",
        values.USER_SURNAME: "realname",
        values.USER_DATE_MOD: "date_mod",
        values.USER_REGISTRATION: "registration_number",
    },
}


@pytest.mark.parametrize("case", sorted(OPTIONS))
def test_the_search_options_are_what_we_take_them_for(record, case):
    listed = record.response(case, 0).json()
    assert {number: listed[str(number)]["field"] for number in OPTIONS[case]} == OPTIONS[case]


def test_texts_of_the_record_are_decoded_once(record):
    """Case 51: what came already encoded stays as its writer meant it."""
    stored = record.response(51, 5).json()["content"]
    assert text.decode(stored) == "&#60;p&#62; mas com < solto"
