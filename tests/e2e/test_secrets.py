"""Tokens and secrets are told to nobody over RPC, and written into no log."""

import json

import pytest

from devtools.odoo_client import OdooError
from devtools.servers import Stack
from sandbox import defaults
from sandbox.client import PhoneClient
from tests.e2e.desk import ACCOUNT, MESSAGE, STAFF, admin, expect_in_log, person, refused, told_by

SERVER = "glpi.server"
SECRETS = {
    (ACCOUNT, "access_token"): defaults.ACCESS_TOKEN,
    (ACCOUNT, "app_secret"): defaults.APP_SECRET,
    (ACCOUNT, "verify_token"): defaults.VERIFY_TOKEN,
    (SERVER, "app_token"): defaults.GLPI_APP_TOKEN,
    (SERVER, "user_token"): defaults.GLPI_USER_TOKEN,
}
each_secret = pytest.mark.parametrize(("model", "field"), SECRETS, ids=lambda name: name)


@pytest.fixture(scope="module", autouse=True)
def message(stack: Stack) -> None:
    """Send a message of WhatsApp, so that there is something to read."""
    phone = PhoneClient(stack.meta_url, "5531978000001", "Maria", timeout=90)
    phone.send_text("oi")
    phone.wait_for(lambda answer: answer["text"])


def first(stack: Stack, model: str) -> int:
    """Return the record that points to the sandbox."""
    return admin(stack).call(model, "search", [], limit=1, order="id")[0]


@each_secret
def test_system_administrator_reads_that_it_is_there(stack: Stack, model: str, field: str) -> None:
    (found,) = admin(stack).call(model, "read", [first(stack, model)], [field])
    assert found[field] == "********"


@each_secret
@pytest.mark.parametrize("login", STAFF)
def test_nobody_else_reads_it(stack: Stack, login: str, model: str, field: str) -> None:
    record_id, value = first(stack, model), SECRETS[model, field]
    for method, arguments in (
        ("read", ([record_id], [field])),
        ("web_read", ([record_id], {field: {}})),
        ("search_read", ([], [field])),
        ("web_search_read", ([], {field: {}})),
        ("export_data", ([record_id], [field])),
        ("search", ([(field, "=", value)],)),
        ("search", ([(field, "=like", f"{value[:3]}%")],)),
        ("search_count", ([(field, "!=", False)],)),
        ("formatted_read_group", ([], [field], ["__count"])),
        ("formatted_read_group", ([], [], [f"{field}:max"])),
        ("write", ([record_id], {field: "novo"})),
    ):
        refused(stack, login, f"{model}/{method}", *arguments)


@pytest.mark.parametrize("login", STAFF)
def test_nothing_that_is_read_without_asking_tells_it(stack: Stack, login: str) -> None:
    client = person(stack, login)
    for model in (ACCOUNT, SERVER):
        ids = [first(stack, model)]
        for method, arguments in (
            ("read", (ids,)),
            ("search_read", ([],)),
            ("fields_get", ()),
            ("get_views", ([[False, "form"], [False, "list"], [False, "search"]],)),
            ("copy_data", (ids,)),
            ("name_search", ("",)),
        ):
            told = told_by_method(stack, client, login, model, method, *arguments)
            for (_model, field), value in SECRETS.items():
                assert value not in told, f"{login}: {model}.{method} tells {field}"


def told_by_method(stack, client, login: str, model: str, method: str, *arguments) -> str:
    """Return a method's answer to a user as text; "" if it refuses, which it may."""
    parameters = {"model": model, "method": method, "args": list(arguments), "kwargs": {}}
    return told_by(stack, login, f"/web/dataset/call_kw/{model}/{method}", parameters)


@each_secret
@pytest.mark.parametrize("login", ["adriana", "sofia", "joana"])
def test_forms_do_not_tell_it(stack: Stack, login: str, model: str, field: str) -> None:
    record_id = first(stack, model)
    told = told_by_method(
        stack,
        person(stack, login),
        login,
        model,
        "onchange",
        [record_id],
        {"name": "x"},
        ["name"],
        {field: {}, "name": {}},
    )
    assert SECRETS[model, field] not in told


@pytest.mark.parametrize("login", ["adriana", "joana"])
@pytest.mark.parametrize("field", ["access_token", "app_secret", "verify_token"])
def test_paths_through_other_records_do_not_tell_it(stack: Stack, login: str, field: str) -> None:
    client, value = person(stack, login), SECRETS[ACCOUNT, field]
    refused(stack, login, f"{MESSAGE}/search", [(f"account_id.{field}", "=like", f"{value[:3]}%")])
    refused(stack, login, f"{MESSAGE}/search", [("account_id", "any", [(field, "!=", False)])])
    ids = client.call(MESSAGE, "search", [], limit=1)
    for method, arguments in (
        ("export_data", (ids, [f"account_id/{field}"])),
        ("web_search_read", ([], {"account_id": {"fields": {field: {}}}})),
        ("formatted_read_group", ([], [f"account_id.{field}"], ["__count"])),
    ):
        assert value not in told_by_method(stack, client, login, MESSAGE, method, *arguments)


def test_contact_center_administrator_cannot_send_tokens_elsewhere(stack: Stack) -> None:
    account, server = first(stack, ACCOUNT), first(stack, SERVER)
    refused(stack, "adriana", f"{ACCOUNT}/write", [account], {"api_url": "https://evil.example"})
    refused(
        stack, "adriana", f"{ACCOUNT}/write", [account], {"allowed_media_hosts": "evil.example"}
    )
    refused(stack, "adriana", f"{SERVER}/write", [server], {"url": "https://evil.example"})
    refused(stack, "adriana", f"{SERVER}/write", [server], {"verify_tls": False})


def test_logs_hold_no_secret(stack: Stack) -> None:
    with pytest.raises(OdooError) as refusal:
        admin(stack).call(ACCOUNT, "write", [first(stack, ACCOUNT)], {"api_url": "nowhere"})
    expect_in_log(stack, "A wrong address is refused", f"WARNING odoo.http: {refusal.value}")
    passwords = [f"{login}-demo-2026" for login in STAFF]
    for log in (stack.odoo_log, stack.sandbox_log):
        text = log.read_text(encoding="utf-8", errors="replace")
        found = [value for value in [*SECRETS.values(), *passwords] if value in text]
        assert not found, f"{log.name} holds {json.dumps(found)}"
