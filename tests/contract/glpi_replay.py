"""Replays a real GLPI's exchanges against the stand-in, comparing the answers.

The recordings lie in ``recordings/`` (``$GLPI_CONTRACT_DIR`` names another folder). The cases ran
in the order of their numbers over one database, so all of them are replayed in that order over one
stand-in, at the recorded times. A case that is not compared (`NOT_COMPARED`) still builds the
state: of its requests those are sent that changed something, and where the stand-in does not know
the kind of item, the id that it got in the record is set aside, so that later ids are the same.

``python -m tests.contract.glpi_replay`` prints what happens, case by case.
"""

import base64
import hashlib
import http.client
import json
import os
import re
import sys
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from sandbox.glpi import GlpiSandbox
from sandbox.glpi.columns import COLUMNS

from .glpi_compare import Comparison

RECORD = Path(os.environ.get("GLPI_CONTRACT_DIR") or Path(__file__).with_name("recordings"))
RECORDED_URL = "http://127.0.0.1:8085"

APP_TOKEN, OTHER_APP_TOKEN = "app-token", "app-token-of-another-network"
PASSWORD = "password"
BOT, ADMIN, TECH, POST_ONLY = 7, 2, 4, 3
USER_TOKENS = {"BOT": BOT, "INACTIVE": 12, "NOPROFILE": 11}

# Whose sessions those are that were opened outside the record. Session 5 had expired.
SESSION_USERS = {6: BOT, 7: ADMIN, 8: TECH, 9: POST_ONLY, 10: TECH, 11: TECH, 12: BOT}

# Switches that the administrator of the recorded GLPI had turned for one case.
SETTINGS = {
    1: {"api_enabled": False},
    15: {"login_with_credentials": False},
    16: {"login_with_token": False},
}

# Solutions 1 to 3 belong to seeded tickets, but are not in the seed.
NEXT_IDS = {"ITILSolution": 4}

# Cases that the stand-in leaves out, and why. Its answers to them are not looked at.
NOT_COMPARED = {
    24: "the rights table of a profile",
    29: "GLPI's whole configuration",
    30: "PHP's whole session",
    88: "the list of search options",
    89: "the list of search options",
    129: "tasks",
    130: "approvals",
    146: "time zones of users",
    149: "an HTTP verb that only PHP's built-in server refuses so",
    150: "the history of a ticket",
    151: "queued notifications",
    152: "pictures of users",
    153: "the debug page",
    162: "the old name of followups",
    163: "lists the followups that case 162 makes under their old name",
    164: "tasks and approvals among what moves date_mod",
    168: "satisfaction surveys",
    169: "templates with mandatory fields",
    170: "queued notifications",
    175: "lost passwords",
    176: "the list of massive actions",
}


@dataclass
class Case:
    """One recorded file."""

    number: int
    name: str
    title: str
    exchanges: list[dict]


@dataclass
class Outcome:
    """The result of the replay of a case."""

    case: Case
    compared: bool
    differences: list[str] = field(default_factory=list)


@dataclass
class Answer:
    """An answer of the stand-in."""

    status: int
    headers: dict[str, str]
    body: bytes


def load_cases() -> list[Case]:
    """Return the recorded cases by number."""
    cases = []
    for path in RECORD.glob("[0-9]*.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        number = int(data["case"].split("-")[0])
        cases.append(Case(number, data["case"], data["title"], data["exchanges"]))
    return sorted(cases, key=lambda case: case.number)


def seed(cases: list[Case]) -> dict:
    """Return the state before the first case, with our tokens, recorded passwords."""
    state = json.loads((RECORD / "seed-state.json").read_text(encoding="utf-8"))
    state["settings"] = {
        "clients": [
            {"app_token": APP_TOKEN, "network": "127.0.0.1/32"},
            {"app_token": OTHER_APP_TOKEN, "network": "10.0.0.0/8"},
        ],
        "user_tokens": {
            **{_user_token(name): user for name, user in USER_TOKENS.items()},
            **{_user_token(f"OF_{user}"): user for user in SESSION_USERS.values()},
        },
        "passwords": {"tech": PASSWORD, **_sent_passwords(cases)},
        "next_ids": NEXT_IDS,
    }
    return state


def _sent_passwords(cases: list[Case]) -> dict[str, str]:
    """Return logins and passwords in the recorded bodies of initSession."""
    found = {}
    for case in cases:
        for request in (exchange["request"] for exchange in case.exchanges):
            if request["method"] == "POST" and request["path"].endswith("/initSession"):
                values = json.loads(request["body"])
                found[values["login"]] = values["password"]
    return found


def _user_token(name: str) -> str:
    return f"user-token-{name.lower()}"


class Replay:
    """One run over all cases."""

    def __init__(self):
        self._at = datetime.now().astimezone()
        self._sessions: dict[int, str] = {}

    def run(self, cases: list[Case]) -> dict[int, Outcome]:
        """Return outcomes by case number."""
        outcomes = {}
        with GlpiSandbox(state=seed(cases), clock=lambda: self._at) as self._glpi:
            for case in cases:
                outcomes[case.number] = self._run_case(case)
        return outcomes

    def _run_case(self, case: Case) -> Outcome:
        outcome = Outcome(case, case.number not in NOT_COMPARED)
        settings = self._glpi.store.settings
        usual = {name: settings[name] for name in SETTINGS.get(case.number, {})}
        settings.update(SETTINGS.get(case.number, {}))
        for position, exchange in enumerate(case.exchanges):
            self._at = parsedate_to_datetime(dict(exchange["response"]["headers"])["Date"])
            if outcome.compared:
                answer = self._send(case, exchange["request"])
                comparison = Comparison(RECORDED_URL, self._glpi.url)
                for difference in comparison.differences(exchange["response"], answer):
                    request = exchange["request"]
                    where = f"[{position}] {request['method']} {request['path'][:100]}"
                    outcome.differences.append(f"{where}: {difference}")
                self._remember_session(exchange["response"], answer)
            else:
                self._build_state(case, exchange)
        settings.update(usual)
        return outcome

    def _build_state(self, case: Case, exchange: dict) -> None:
        request, response = exchange["request"], exchange["response"]
        if request["method"] not in ("POST", "PUT", "PATCH", "DELETE") or response["status"] >= 300:
            return
        answer = self._send(case, request)
        self._remember_session(response, answer)
        location = {name.lower(): value for name, value in response["headers"]}.get("location")
        if location:
            itemtype, number = location.split("/")[-2:]
            if itemtype in COLUMNS:
                self._glpi.store.reserve(itemtype, int(number))

    def _remember_session(self, recorded: dict, answer: Answer) -> None:
        match = re.search(r"SESSION_TOKEN_(\d+)_x", recorded.get("body") or "")
        if match and answer.status == 200 and b"session_token" in answer.body:
            self._sessions[int(match[1])] = json.loads(answer.body)["session_token"]

    # -- sending ---------------------------------------------------------------------------
    def _send(self, case: Case, request: dict) -> Answer:
        address = urlsplit(self._glpi.url)
        connection = http.client.HTTPConnection(
            address.hostname,
            address.port,
            timeout=20,
            source_address=(request.get("source_ip", "127.0.0.1"), 0),
        )
        body = _body_of(request)
        path = self._fill(case, request["path"])
        try:
            connection.putrequest(request["method"], path, True, True)
            connection.putheader("Host", address.netloc)
            for name, value in request["headers"]:
                if name.lower() not in ("host", "content-length", "connection"):
                    connection.putheader(name, self._fill(case, value).encode())
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, headers, response.read())
        finally:
            connection.close()

    def _fill(self, case: Case, value: str) -> str:
        """Put our secrets where the record has placeholders."""
        return re.sub(r"\{\{(.+?)\}\}", lambda match: self._secret(case, match[1]), value)

    def _secret(self, case: Case, name: str) -> str:
        if name == "APP_TOKEN":
            return APP_TOKEN
        if name == "APP_TOKEN_OTHER_NET":
            return OTHER_APP_TOKEN
        if match := re.fullmatch(r"USER_TOKEN_(\w+)", name):
            return _user_token(match[1])
        if match := re.fullmatch(r"SESSION_TOKEN_(\d+)", name):
            return self._session(int(match[1]))
        if match := re.fullmatch(r"BASE64\((.+):PASSWORD\)", name):
            password = "wrong" if "wrong-password" in case.name else PASSWORD
            return base64.b64encode(f"{match[1]}:{password}".encode()).decode()
        raise ValueError(f"unknown placeholder {name} in case {case.name}")

    def _session(self, number: int) -> str:
        if number not in self._sessions and number in SESSION_USERS:
            token = _user_token(f"OF_{SESSION_USERS[number]}")
            with self._glpi.store.lock:
                session = self._glpi.api.sessions.login(f"user_token {token}", {})
            self._sessions[number] = session.token
        return self._sessions.get(number, "b" * 26)


def _body_of(request: dict) -> bytes:
    """Return the exact bytes that were sent; abbreviated ones are made long again."""
    if request.get("body_base64"):
        return base64.b64decode(request["body_base64"])
    body = (request.get("body") or "").encode()
    if not request.get("body_truncated"):
        return body
    head = request["body"].rstrip("A…").encode()
    tail = b"\r\n------glpiBoundary7MA4YWxk--\r\n"
    filler = request["body_length"] - len(head) - len(tail)
    whole = head + b"A" * filler + tail
    if hashlib.sha256(whole).hexdigest() != request["body_sha256"]:
        raise ValueError("the abbreviated body cannot be made again")
    return whole


def report(outcomes: dict[int, Outcome]) -> str:
    """Report every case, with differences or why it was not compared; sum up."""
    lines = []
    for outcome in outcomes.values():
        if not outcome.compared:
            lines.append(f"not compared  {outcome.case.name}: {NOT_COMPARED[outcome.case.number]}")
            continue
        lines.append(f"{'DIFFERENT' if outcome.differences else 'same':13} {outcome.case.name}")
        lines += [f"              {difference}" for difference in outcome.differences]
    compared = [outcome for outcome in outcomes.values() if outcome.compared]
    same = [outcome for outcome in compared if not outcome.differences]
    lines.append(f"{len(same)} of {len(compared)} compared cases are the same")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report(Replay().run(load_cases())))
