"""Helpers of tests without a browser: sessions, refusals, and waiting for calm."""

import json
import re
import urllib.request

import pytest

from devtools.logcheck import EXPECTED
from devtools.odoo_client import OdooClient, OdooError
from devtools.servers import ADMIN, Stack
from devtools.story import session, wait_until
from sandbox.client import MetaControl

ACCOUNT = "whatsapp.account"
CONVERSATION = "contact_center.conversation"
EVENT = "whatsapp.event"
MESSAGE = "whatsapp.message"
STAFF = ("joana", "pedro", "carla", "sofia", "adriana", "marcos")
"""Logins of the demo users; only `admin` is the system administrator."""


def person(stack: Stack, login: str) -> OdooClient:
    """Return the session, opened once, of a demo user or the administrator.

    The system administrator is `admin`.
    """
    return session(stack, login)


def admin(stack: Stack) -> OdooClient:
    """Return the session of the system administrator, who sees everything."""
    return person(stack, ADMIN[0])


def expect_in_log(stack: Stack, reason: str, text: str) -> None:
    """Let Odoo's log hold a line that a test provokes, and those that follow it.

    :param reason: why it is provoked, in a few words
    :param text: `LEVEL logger: message`, which may have several lines
    """
    expect_pattern_in_log(stack, reason, re.escape(text.strip()).replace("\\\n", r"\n"))


def expect_pattern_in_log(stack: Stack, reason: str, pattern: str) -> None:
    """Do as `expect_in_log` with an expression, for a line that differs each time."""
    with open(stack.odoo_log.with_name(EXPECTED.name), "a+", encoding="utf-8") as handle:
        handle.seek(0)
        if pattern not in handle.read().splitlines():
            handle.write(f"# {reason}\n{pattern}\n")


def refused(stack: Stack, login: str, call: str, *args, **kwargs) -> str:
    """Make a call that Odoo must refuse; return its words, which its log has too.

    :param call: `model/method` for a method, or a route that begins with `/` (then `args[0]` are
        its parameters)
    """
    client = person(stack, login)
    route = client.json if call.startswith("/") else client.call
    target = (call,) if call.startswith("/") else call.split("/")
    with pytest.raises(OdooError) as refusal:
        route(*target, *args, **kwargs)
    words = str(refusal.value)
    expect_in_log(stack, f"A test lets {login} be refused", f"WARNING odoo.http: {words}")
    return words


def told_by(stack: Stack, login: str, route: str, parameters: dict) -> str:
    """Return a route's answer to a user as text; "" if it refuses, which it may."""
    try:
        answer = person(stack, login).json(route, parameters)
    except OdooError as refusal:
        note = f"WARNING odoo.http: {refusal}"
        expect_in_log(stack, f"A test lets {login} be refused", note)
        return ""
    return json.dumps(answer, ensure_ascii=False)


def calm(stack: Stack, seconds: float = 180) -> None:
    """Wait until no webhook is on its way and everything that came was looked at.

    Statuses of messages that are not ours stay for a minute, in case the message turns up.
    """
    MetaControl(stack.meta_url).wait_idle(seconds)
    untouched = [("state", "=", "received"), ("next_try_at", "=", False)]
    wait_until(
        lambda: not admin(stack).call(EVENT, "search_count", untouched),
        "not everything that came was processed",
        seconds,
    )


def clear_desks(stack: Stack) -> None:
    """Close every conversation that is open with people: what other stories left."""
    open_ones = [("state", "in", ("queued", "in_service"))]
    for conversation_id in admin(stack).call(CONVERSATION, "search", open_ones):
        admin(stack).call(CONVERSATION, "action_close", [conversation_id])


def row(client: OdooClient, model: str, domain: list, fields: list[str]) -> dict:
    """Return the only record of `model` in `domain`."""
    (found,) = client.search_read(model, domain, fields)
    return found


def reset_faults(stack: Stack) -> None:
    """Reset the faults of both far sides, and resume paused numbers."""
    MetaControl(stack.meta_url).faults()
    request = urllib.request.Request(f"{stack.glpi_url}/control/faults", method="DELETE")
    urllib.request.urlopen(request, timeout=30).close()
    paused = admin(stack).call(ACCOUNT, "search", [("state", "=", "paused")])
    if paused:
        admin(stack).call(ACCOUNT, "action_resume", paused)
