"""The high-level dialect's errors, expired tokens, bugs: beyond the sandbox."""

import pytest
import requests

from glpi_connector import rest
from glpi_connector.rest import hlapi_values
from glpi_connector.rest.hlapi_transport import API, high_level_versions, speaks_high_level
from glpi_connector.rest.sessions import SessionPool
from sandbox.glpi.hlapi_rsql import matches, ordered
from tests.unit.glpi_answers import answer

URL = "https://glpi.example.test"
CREDENTIALS = rest.Credentials("client", "secret", "ponte", "senha")
FOLLOWUPS = "POST Assistance/Ticket/5/Timeline/Followup"


class Fake:
    """Answers {"METHOD path": response or list of them}; hands out tokens."""

    def __init__(self, **answers):
        self.answers = answers
        self.log, self.sent, self.tokens = [], [], 0

    def request(self, method, url, **options):
        assert options["allow_redirects"] is False
        path = url.removeprefix(f"{URL}/").removeprefix(f"{API}/")
        self.log.append(f"{method} {path}")
        self.sent.append(options)
        given = self.answers.get(f"{method} {path}")
        if path == "api.php/token" and given is None:
            self.tokens += 1
            return answer(200, {"access_token": f"t{self.tokens}", "expires_in": 3600})
        if isinstance(given, list):
            given = given.pop(0) if len(given) > 1 else given[0]
        if isinstance(given, Exception):
            raise given
        assert given is not None, path
        return given


def connect(fake, **options):
    return rest.connect("hlapi", URL, credentials=CREDENTIALS, http=fake, **options)


def error(code, status, title="x", **more):
    return answer(status, {"status": code, "title": title, "detail": None, **more})


TICKET = {
    "id": 5,
    "name": "x",
    "status": {"id": 2},
    "is_deleted": False,
    "date_mod": "2026-11-21T19:41:56-03:00",
}


@pytest.mark.parametrize(
    ("response", "kind", "error_class"),
    [
        (answer(401, {"error": "invalid_client", "message": "x"}), "client", rest.GlpiAuth),
        (answer(400, {"error": "unsupported_grant_type"}), "client", rest.GlpiAuth),
        (answer(400, {"error": "invalid_grant"}), "credentials", rest.GlpiAuth),
        (answer(404), "url", rest.GlpiAuth),
        (answer(302), "redirect", rest.GlpiAuth),
        (answer(200, {"other": 1}), "url", rest.GlpiAuth),
        (answer(503), "unavailable", rest.GlpiDown),
        (answer(200), "crash", rest.GlpiCrash),
        (requests.ReadTimeout("x"), "timeout", rest.GlpiDown),
    ],
)
def test_every_failure_at_login_has_a_name(response, kind, error_class):
    with pytest.raises(error_class) as caught:
        connect(Fake(**{"POST api.php/token": response})).read_ticket(5)
    assert caught.value.kind == kind
    assert "senha" not in f"{caught.value!s}{caught.value!r}{caught.value.__dict__}"


@pytest.mark.parametrize(
    ("response", "kind", "error_class"),
    [
        (error("ERROR_RIGHT_MISSING", 403), "right", rest.GlpiRefused),
        (error("ERROR_ITEM_NOT_FOUND", 404), "not_found", rest.GlpiRefused),
        (answer(404, None), "unsupported", rest.GlpiRefused),
        (error("ERROR_INVALID_PARAMETER", 400), "refused", rest.GlpiRefused),
        (error("ERROR", 500, "Failed to update item(s)"), "update", rest.GlpiRefused),
        (error("ERROR", 500, "An error occurred"), "unavailable", rest.GlpiDown),
        (answer(200, {"id": 6}), "crash", rest.GlpiCrash),
        (answer(200, []), "crash", rest.GlpiCrash),
    ],
)
def test_every_failure_of_a_call_has_a_name(response, kind, error_class):
    with pytest.raises(error_class) as caught:
        connect(Fake(**{"GET Assistance/Ticket/5": response})).read_ticket(5)
    assert caught.value.kind == kind


def test_words_of_a_refusal_are_kept():
    more = {"additional_messages": [{"priority": "error", "message": "Título obrigatório"}]}
    said = error("ERROR", 500, "Failed to create item(s)", **more)
    with pytest.raises(rest.GlpiRefused) as caught:
        connect(Fake(**{"POST Assistance/Ticket": said})).create_ticket(
            rest.TicketDraft("t", "c", "m")
        )
    assert caught.value.kind == "add" and "Título obrigatório" in caught.value.detail


@pytest.mark.parametrize("missing", ["client_id", "client_secret", "username", "password"])
def test_credentials_that_are_missing_are_named_before_anything_is_sent(missing):
    values = dict.fromkeys(("client_id", "client_secret", "username", "password"), "x")
    with pytest.raises(rest.GlpiAuth) as caught:
        rest.connect("hlapi", URL, credentials=rest.Credentials(**{**values, missing: ""}))
    assert caught.value.kind == ("client" if missing.startswith("client") else "credentials")


def test_no_secret_is_shown():
    assert "secret" not in repr(CREDENTIALS) and "senha" not in repr(CREDENTIALS)
    assert "senha" not in repr(connect(Fake())._transport)


def test_an_expired_token_is_renewed_once_in_the_middle():
    late = error("ERROR_UNAUTHENTICATED", 401)
    fake = Fake(
        **{
            "GET Assistance/Ticket/5": [late, answer(200, TICKET)],
            "GET session": answer(200, {"user_id": 7}),
        }
    )
    assert connect(fake).read_ticket(5).status == 2
    assert fake.tokens == 2
    always = Fake(**{"GET Assistance/Ticket/5": late})
    with pytest.raises(rest.GlpiAuth) as caught:
        connect(always).read_ticket(5)
    assert caught.value.kind == "authorization" and always.tokens == 2


def test_a_token_is_kept_for_the_next_client_and_the_place_goes_along():
    pool = SessionPool()
    fake = Fake(
        **{
            "GET Assistance/Ticket/5": answer(200, TICKET),
            "GET session": answer(200, {"user_id": 7}),
        }
    )
    for _job in range(3):
        with connect(fake, pool=pool, entity_id=2, profile_id=4) as client:
            client.read_ticket(5)
    assert fake.tokens == 1
    headers = fake.sent[-1]["headers"]
    assert headers["GLPI-Entity"] == "2" and headers["GLPI-Profile"] == "4"
    assert headers["Authorization"] == "Bearer t1"


def test_a_followup_that_was_written_in_spite_of_a_404_is_found():
    """Issue 24506 of GLPI: 11.0.7 writes it and then answers that it is not there."""
    now = "2100-01-01T00:00:00+00:00"
    mine = {"id": 9, "user": {"id": 7}, "content": "<p>oi</p>", "date_creation": now}
    other = {"id": 10, "user": {"id": 8}, "content": "<p>oi</p>", "date_creation": now}
    fake = Fake(
        **{
            FOLLOWUPS: answer(404, {"error": True, "title": "Item not found"}),
            FOLLOWUPS.replace("POST", "GET"): answer(
                200, [{"type": "Followup", "item": mine}, other]
            ),
            "GET session": answer(200, {"user_id": 7}),
        }
    )
    assert connect(fake).add_followup(5, "<p>oi</p>\n") == 9
    fake.answers[FOLLOWUPS.replace("POST", "GET")] = answer(200, [other])
    with pytest.raises(rest.GlpiRefused):
        connect(fake).add_followup(5, "<p>oi</p>\n")


def test_a_requester_that_glpi_refuses_does_not_lose_the_ticket():
    fake = Fake(
        **{
            "POST Assistance/Ticket": answer(200, {"id": 5, "href": "/x"}),
            "POST Assistance/Ticket/5/TeamMember": error("ERROR_INVALID_PARAMETER", 400),
        }
    )
    assert connect(fake).create_ticket(rest.TicketDraft("t", "c", "m", requester_id=8)) == 5


def test_ignored_filters_find_nobody_else():
    """A server that does not know the filter sends everybody: each row is looked at again."""
    people = [
        {"id": 1, "username": "a", "emails": [{"email": "a@x.test"}], "mobile": "31 98888-7777"},
        {"id": 2, "username": "b", "emails": [{"email": "b@x.test"}], "mobile": None},
    ]
    fake = Fake(**{"GET Administration/User": answer(200, people)})
    assert connect(fake).find_user(email="B@x.test").id == 2
    assert connect(fake).find_user(phone="553188887777").id == 1
    assert connect(fake).find_user(registration="1") is None


def test_versions_are_told_without_credentials():
    rows = [{"api_version": "1", "version": "1.0.0"}, {"api_version": "2", "version": "2.3.0"}]
    fake = Fake(**{"GET api.php/": answer(200, {"api_versions": rows})})
    assert high_level_versions(URL, http=fake) == ["2.3.0"]
    for nothing in (answer(404), answer(200, []), requests.ConnectionError("x")):
        assert high_level_versions(URL, http=Fake(**{"GET api.php/": nothing})) == []
    for given, speaks in (
        (answer(200, {"api_versions": rows}), True),
        (answer(404), False),
        (requests.ConnectionError("x"), None),
        (answer(503), None),
    ):
        assert speaks_high_level(URL, http=Fake(**{"GET api.php/": given})) is speaks


@pytest.mark.parametrize(
    ("member", "found"),
    [
        ({"role": "requester", "type": "User", "id": 8}, rest.Actor("requester", 8)),
        ({"role": "assigned", "href": "/front/group.form.php?id=3"}, rest.Actor("assigned", 0, 3)),
        ({"role": "observer", "href": "/front/user.form.php?id=4"}, rest.Actor("observer", 4)),
        ({"role": "assigned", "href": "/front/supplier.form.php?id=4"}, None),
        ({"role": "9", "type": "User", "id": 8}, None),
        ({}, None),
    ],
)
def test_members_of_a_team(member, found):
    assert hlapi_values.actor(member) == found


@pytest.mark.parametrize(
    ("value", "wall", "offset"),
    [
        ("2026-11-21T19:41:56-03:00", "2026-11-21 19:41:56", -10800),
        ("2026-11-21T22:41:56Z", "2026-11-21 22:41:56", 0),
        ("2026-11-21 19:41:56", "", None),
        (None, "", None),
        ("amanhã", "", None),
    ],
)
def test_times(value, wall, offset):
    assert hlapi_values.wall_time(value) == wall
    assert hlapi_values.offset_seconds(value) == offset


# ---------------------------------------------------------------------- the sandbox's filters
ROW = {"id": 5, "name": "Impressora", "status": {"id": 2}, "emails": [{"email": "a@x"}], "n": None}


@pytest.mark.parametrize(
    ("rsql", "passes"),
    [
        ("", True),
        ("id==5", True),
        ("id==5;name==outro", False),
        ("id==6,name==impressora", True),
        ("status.id=in=(1,2)", True),
        ("status.id=out=(1,2)", False),
        ('name=like="*press*"', True),
        ("name=like=*PRESS*", False),
        ("name=ilike=*PRESS*", True),
        ("emails.email==a@x", True),
        ("emails.email==b@x", False),
        ("id=ge=5;id=lt=6", True),
        ("id=gt=10", False),
        ("n=isnull=", True),
        ("n=notempty=", False),
        ('name=="Impressora;x"', False),
        ("nothing==1", True),  # left out, as GLPI does
        ("nothing==1;id==6", False),
    ],
)
def test_filters_as_glpi_reads_them(rsql, passes):
    assert matches(ROW, rsql) is passes


def test_order():
    rows = [{"id": 2, "at": "b"}, {"id": 1, "at": "b"}, {"id": 3, "at": None}]
    assert [row["id"] for row in ordered(rows, "at:desc,id:asc")] == [1, 2, 3]
