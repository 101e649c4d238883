"""Wrong tokens, addresses, flows and queues are named where administrators look."""

import uuid
from collections.abc import Callable, Iterator

import pytest

from devtools.servers import ADMIN, Stack
from devtools.story import Story, wait_until
from sandbox import defaults
from tests.e2e.desk import ACCOUNT, MESSAGE, admin, refused, row

SERVER = "glpi.server"
NOWHERE = "http://127.0.0.1:9"
"""An address at which nothing listens (the port of "discard")."""


@pytest.fixture
def make(stack: Stack) -> Iterator[Callable[..., int]]:
    """Make records as the system administrator; they are archived after the test."""
    made: list[tuple[str, int]] = []

    def create(model: str, **values) -> int:
        record_id = admin(stack).call(model, "create", [values])[0]
        made.append((model, record_id))
        return record_id

    yield create
    for model, record_id in reversed(made):
        admin(stack).call(model, "write", [record_id], {"active": False})


def notice(stack: Stack, model: str, record_id: int) -> tuple[str, str]:
    """Press "test connection": kind and words of what the administrator is told."""
    action = admin(stack).call(model, "action_test", [record_id])
    assert action["tag"] == "display_notification"
    return action["params"]["type"], action["params"]["message"]


def account_values(stack: Stack, **values) -> dict:
    """Return a second number that works, but for `values`."""
    support = row(
        admin(stack), "contact_center.queue", [("name", "=", "Suporte de TI")], ["display_name"]
    )
    return {
        "name": "Segundo número",
        "phone_number_id": f"9{uuid.uuid4().int % 10**14:014}",
        "waba_id": defaults.WABA_ID,
        "access_token": defaults.ACCESS_TOKEN,
        "app_secret": defaults.APP_SECRET,
        "verify_token": defaults.VERIFY_TOKEN,
        "api_url": stack.meta_url,
        "queue_id": support["id"],
        **values,
    }


def server_values(stack: Stack, **values) -> dict:
    """Return a second GLPI that works, but for `values`."""
    return {
        "name": "Segundo GLPI",
        "sequence": 99,
        "url": stack.glpi_url,
        "app_token": defaults.GLPI_APP_TOKEN,
        "user_token": defaults.GLPI_USER_TOKEN,
        **values,
    }


# --- WhatsApp -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"access_token": "wrong"}, "token"),
        ({"access_token": False}, "token"),
        ({"api_url": NOWHERE}, "servidor da Meta"),
        ({}, "endereço ou"),  # the simulated Meta has no such number
    ],
    ids=["token", "no token", "address", "number"],
)
def test_wrong_whatsapp_configuration_is_named(
    stack: Stack, make: Callable[..., int], wrong: dict, words: str
) -> None:
    account = make(ACCOUNT, **account_values(stack, **wrong))
    kind, message = notice(stack, ACCOUNT, account)
    assert kind == "danger"
    assert words in message


def test_whatsapp_address_that_is_not_metas_is_named(
    stack: Stack, make: Callable[..., int]
) -> None:
    values = account_values(stack, api_url=stack.odoo_url)
    kind, message = notice(stack, ACCOUNT, make(ACCOUNT, **values))
    assert kind == "danger"
    assert "endereço" in message


def test_flow_and_queue_that_do_not_work_are_named(stack: Stack, make: Callable[..., int]) -> None:
    flow = make("chatbot.flow", name="Rascunho sem versão")
    queue = make("contact_center.queue", name="Fila esquecida")
    values = account_values(stack, flow_id=flow, queue_id=queue, app_secret=False)
    account = make(ACCOUNT, **values)

    def problems() -> str:
        return row(admin(stack), ACCOUNT, [("id", "=", account)], ["problems"])["problems"]

    assert "Rascunho sem versão" in problems()
    assert "Fila esquecida" not in problems()
    assert "chave secreta" in problems()
    words = refused(stack, ADMIN[0], "contact_center.queue/write", [queue], {"active": False})
    assert "o número" in words
    admin(stack).call("chatbot.flow", "write", [flow], {"active": False})
    assert "Rascunho sem versão" in problems()
    admin(stack).call(ACCOUNT, "write", [account], {"queue_id": False, "flow_id": False})
    assert "fila" in problems()


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone_number_id": "55 31 3800-0156"},
        {"waba_id": "30 0"},
        {"api_version": "25"},
        {"api_url": "graph.facebook.com"},
        {"api_url": "ftp://graph.facebook.com"},
        {"api_url": "https://user:password@graph.facebook.com"},
        {"unknown_grace_seconds": 0},
        {"messages_per_second": 0},
        {"phone_number_id": defaults.PHONE_NUMBER_ID},
    ],
    ids=str,
)
def test_impossible_whatsapp_configuration_is_refused_in_words(stack: Stack, wrong: dict) -> None:
    values = account_values(stack, **wrong)
    words = refused(stack, "admin", f"{ACCOUNT}/create", [values])
    assert len(words) > 20
    assert "Traceback" not in words


def test_wrong_address_is_named_at_the_messages_that_wait(stack: Stack) -> None:
    story = Story(stack, "5531973000001")
    story.greeting()
    account = row(
        admin(stack), ACCOUNT, [("phone_number_id", "=", defaults.PHONE_NUMBER_ID)], ["api_url"]
    )
    admin(stack).call(ACCOUNT, "write", [account["id"]], {"api_url": NOWHERE})
    try:
        story.phone.send_text("Maria")
        domain = [("conversation_id.protocol", "=", story.protocol), ("state", "=", "queued")]
        wait_until(
            lambda: any(
                message["error_reason"]
                for message in admin(stack).search_read(MESSAGE, domain, ["error_reason"])
            ),
            "the waiting answer does not say why it waits",
        )
    finally:
        admin(stack).call(ACCOUNT, "write", [account["id"]], {"api_url": account["api_url"]})
    story.phone.wait_text("e-mail", timeout=90)


# --- GLPI -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "state", "words"),
    [
        ({"user_token": "wrong"}, "error", "token"),
        ({"user_token": False}, "error", "token"),
        ({"app_token": "wrong"}, "error", "App-Token"),
        ({"app_token": False}, "error", "App-Token"),
        ({"url": NOWHERE}, "down", "GLPI não responde"),
        ({"url": False}, "error", "endereço"),
    ],
    ids=["user token", "no user token", "app token", "no app token", "address", "no address"],
)
def test_wrong_glpi_configuration_is_named(
    stack: Stack, make: Callable[..., int], wrong: dict, state: str, words: str
) -> None:
    server = make(SERVER, **server_values(stack, **wrong))
    kind, message = notice(stack, SERVER, server)
    assert kind == "danger"
    stored = row(admin(stack), SERVER, [("id", "=", server)], ["state", "last_error"])
    assert stored["state"] == state
    assert words in stored["last_error"]
    assert words in message


def test_address_of_something_else_than_glpi_is_named(
    stack: Stack, make: Callable[..., int]
) -> None:
    server = make(SERVER, **server_values(stack, url=stack.odoo_url))
    assert notice(stack, SERVER, server)[0] == "danger"
    stored = row(admin(stack), SERVER, [("id", "=", server)], ["state", "last_error"])
    assert stored["state"] == "error"
    assert "endereço" in stored["last_error"]


def test_corrected_glpi_configuration_is_connected(stack: Stack, make: Callable[..., int]) -> None:
    server = make(SERVER, **server_values(stack, user_token="wrong"))
    assert notice(stack, SERVER, server)[0] == "danger"
    admin(stack).call(SERVER, "write", [server], {"user_token": defaults.GLPI_USER_TOKEN})
    assert notice(stack, SERVER, server)[0] == "success"
    stored = row(admin(stack), SERVER, [("id", "=", server)], ["state", "last_error"])
    assert (stored["state"], stored["last_error"]) == ("ok", False)


@pytest.mark.parametrize("url", ["glpi", "ftp://glpi.example.org", "http://user:x@glpi/?a=1"])
def test_impossible_glpi_address_is_refused_in_words(stack: Stack, url: str) -> None:
    words = refused(stack, "admin", f"{SERVER}/create", [server_values(stack, url=url)])
    assert "endereço" in words
    assert "x@" not in words
