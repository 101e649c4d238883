"""The main job, each step verified at the far side: what demo and tests play.

The citizen acts on the sandbox's telephone, technicians over the routes of Odoo's web client.
Every step returns the facts it verified and raises :class:`StoryError` in words otherwise.
"""

import concurrent.futures
import functools
import hashlib
import json
import re
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from sandbox.client import MetaControl, PhoneClient

from .odoo_client import OdooClient, OdooError

PROTOCOL = re.compile(r"\b(20\d{8})\b")
TICKET = re.compile(r"[Cc]hamado nº (\d+)")
NAME = "Maria das Graças Souza"
EMAIL = "maria.gracas@exemplo.com.br"
DESCRIPTION = "A impressora da recepção não liga desde ontem. Já trocamos a tomada."
CATEGORY, LOCATION = "Computador e impressora", "Secretaria de Saúde"
TECHNICIANS = ("joana", "pedro")
OTHER_QUEUE = "carla"
# Small files that are what they say they are: a drawn printer, a tone and a test picture.
FILES = Path(__file__).parent / "files"
PHOTO = (FILES / "photo.png").read_bytes()
VOICE = (FILES / "voice.ogg").read_bytes()
VIDEO = (FILES / "video.mp4").read_bytes()
DOCUMENT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class StoryError(Exception):
    """A step did not turn out as it must; says what was expected and what was seen."""


def check(condition: object, complaint: str) -> None:
    """Raise :class:`StoryError` with ``complaint`` unless ``condition`` holds."""
    if not condition:
        raise StoryError(complaint)


def wait_until(probe: Callable[[], object], complaint: str, seconds: float = 60):
    """Return the first true answer of ``probe``.

    Raise :class:`StoryError` after ``seconds``. It asks often at first, and less often what takes
    long: each question is work for the servers.
    """
    end = time.monotonic() + seconds
    pause = 0.1
    while True:
        answer = probe()
        if answer:
            return answer
        check(time.monotonic() < end, f"{complaint} (waited {seconds:g} s)")
        time.sleep(pause)
        pause = min(1.4 * pause, 0.5)


@functools.cache
def session(stack, login: str) -> OdooClient:
    """Return the session of a demo user or of `admin`, opened once.

    A password costs a third of a second of a processor.
    """
    password = "admin" if login == "admin" else f"{login}-demo-2026"
    return OdooClient(stack.odoo_url, stack.db_name).login(login, password)


class Story:
    """One citizen's way from "oi" to the survey, played against running servers.

    :param stack: the running servers: ``odoo_url``, ``meta_url``, ``glpi_url``, ``db_name``
    :param number: the citizen's telephone number, digits only
    """

    def __init__(self, stack, number: str = "5531987654321"):
        self.stack = stack
        self.phone = PhoneClient(stack.meta_url, number, "Maria", timeout=90)
        self.meta = MetaControl(stack.meta_url)
        self.protocol = ""
        self.ticket_id = 0
        self.conversation: dict = {}
        self.agent = ""

    # -- far sides -----------------------------------------------------------------------------

    def agent_client(self, login: str) -> OdooClient:
        """Return the session of a demo user."""
        return session(self.stack, login)

    @property
    def admin(self) -> OdooClient:
        """The session of Odoo's administrator, who sees every conversation."""
        return session(self.stack, "admin")

    def glpi(self, method: str, path: str, value=None):
        """Call the control API of the simulated GLPI."""
        data = json.dumps(value).encode() if value is not None else None
        request = urllib.request.Request(self.stack.glpi_url + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        # The sandbox, at an address of our own
        with urllib.request.urlopen(request, timeout=30) as answer:  # nosec B310
            return json.load(answer)

    def glpi_tickets(self) -> list[dict]:
        """Return tickets that GLPI holds for this story's protocol."""
        return [
            ticket
            for ticket in self.glpi("GET", "/control/state")["tickets"]
            if self.protocol and self.protocol in ticket["content"]
        ]

    def read_conversation(self, fields: list[str]) -> dict:
        """Return the fields of the story's conversation as its agent sees them."""
        client = self.agent_client(self.agent)
        return client.search_read(
            "contact_center.conversation", [("protocol", "=", self.protocol)], fields
        )[0]

    # -- step 2: the bot -----------------------------------------------------------------------

    def greeting(self) -> dict:
        """Say "oi", answered with the protocol number and the question for the name."""
        self.phone.send_text("oi")
        message = self.phone.wait_for(lambda m: PROTOCOL.search(m["text"]))
        self.protocol = PROTOCOL.search(message["text"]).group(1)
        self.phone.wait_text("nome")
        return {"protocol": self.protocol}

    def identification(self) -> dict:
        """Give name and e-mail; a wrong e-mail is refused, a right one is repeated."""
        self.phone.send_text(NAME)
        self.phone.wait_text("e-mail")
        self.phone.send_text("maria.gracas arroba exemplo")
        self.phone.wait_text("e-mail")
        self.phone.send_text(EMAIL.upper())
        echo = self.phone.wait_text(EMAIL)
        if any("sim" in option["title"].casefold() for option in echo["options"]):
            self.phone.choose("Sim")
        return {"name": NAME, "email": EMAIL}

    def description(self) -> dict:
        """Give the type of ticket from a list, the place, a text and a photo."""
        menu = self.phone.wait_for(
            lambda m: any(option["title"] == CATEGORY for option in m["options"])
        )
        check(menu["type"] == "interactive", f"the menu came as {menu['type']}, not as a list")
        self.phone.choose(CATEGORY)
        self.phone.choose(LOCATION)
        self.phone.wait_text("acontecendo")
        self.phone.send_text(DESCRIPTION)
        self.phone.wait_text("foto")
        self.phone.send_image(PHOTO, filename="impressora.png")
        self.phone.choose("Pronto")
        return {"category": CATEGORY, "location": LOCATION, "photo_bytes": len(PHOTO)}

    def confirmation(self) -> dict:
        """Confirm the answers, which are repeated with buttons."""
        repeat = self.phone.wait_for(
            lambda m: DESCRIPTION[:30] in m["text"] and len(m["options"]) > 1
        )
        missing = [one for one in (NAME, EMAIL, CATEGORY, LOCATION) if one not in repeat["text"]]
        check(not missing, f"the confirmation does not repeat {missing}: {repeat['text']!r}")
        self.phone.choose(repeat["options"][0]["title"])
        return {"buttons": [option["title"] for option in repeat["options"]]}

    # -- step 3: the ticket --------------------------------------------------------------------

    def ticket(self, seconds: float = 60) -> dict:
        """Check that GLPI has the ticket, complete and once, and the citizen its number."""
        message = self.phone.wait_for(
            lambda m: TICKET.search(m["text"]), timeout=seconds, since="start"
        )
        self.ticket_id = int(TICKET.search(message["text"]).group(1))
        tickets = self.glpi_tickets()
        check(len(tickets) == 1, f"GLPI holds {len(tickets)} tickets of {self.protocol}")
        ticket = tickets[0]
        check(ticket["id"] == self.ticket_id, f"the citizen was told {self.ticket_id}: {ticket}")
        check(ticket["status"] == 1, f"the ticket's status is {ticket['status']}, not New (1)")
        check(DESCRIPTION[:30] in ticket["content"], f"no description in {ticket['content']!r}")
        check(ticket["itilcategories_id"] == 1, f"category {ticket['itilcategories_id']}")
        check(ticket["locations_id"] == 2, f"location {ticket['locations_id']}")
        requesters = ticket["actors"].get("requester")
        check(requesters, "the ticket has no requester")
        check(EMAIL in json.dumps(requesters), f"requester {requesters} is not {EMAIL}")
        sha1 = hashlib.sha1(PHOTO, usedforsecurity=False).hexdigest()
        wait_until(
            lambda: sha1 in json.dumps(self.glpi_tickets()[0]["documents"]),
            "the photo is not a document of the ticket",
        )
        return {"glpi_ticket_id": self.ticket_id, "title": ticket["name"], "photo_sha1": sha1}

    # -- step 4: people ------------------------------------------------------------------------

    def hand_over(self) -> dict:
        """Ask for a person: every agent of the queue sees the citizen waiting."""
        self.phone.choose("Falar com")
        waiting = {}
        for login in TECHNICIANS:
            row = wait_until(lambda login=login: self._waiting(login), f"{login} sees nobody wait")
            waiting[login] = row["protocol"]
        check(not self._waiting(OTHER_QUEUE), f"{OTHER_QUEUE} of another queue sees it too")
        return {"waiting_for": list(waiting)}

    def _waiting(self, login: str) -> dict | None:
        rows = self.agent_client(login).call("contact_center.conversation", "get_waiting")
        found = next((row for row in rows if row["protocol"] == self.protocol), None)
        self.conversation = found or self.conversation
        return found

    def take(self) -> dict:
        """Let two agents take it at the same moment: exactly one gets it."""

        def attempt(login: str) -> str:
            try:
                self.agent_client(login).call(
                    "contact_center.conversation", "action_take", [self.conversation["id"]]
                )
            except OdooError as error:
                return str(error)
            return ""

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            answers = dict(zip(TECHNICIANS, pool.map(attempt, TECHNICIANS), strict=True))
        winners = [login for login, complaint in answers.items() if not complaint]
        check(len(winners) == 1, f"{len(winners)} technicians got it: {answers}")
        self.agent = winners[0]
        collected = json.dumps(self.read_conversation(["collected"]), ensure_ascii=False)
        for value in (NAME, EMAIL, CATEGORY):
            check(value in collected, f"{value} is not among what the bot collected")
        refused = next(complaint for complaint in answers.values() if complaint)
        return {"agent": self.agent, "loser_was_told": refused}

    def answer(self) -> dict:
        """Answer with text and picture, which arrive; the ticks go up to read."""
        client = self.agent_client(self.agent)
        channel = self.conversation["channel_id"]
        text = "Bom dia, Maria! Vou verificar a impressora agora."
        text_id = client.post(channel, text)
        self.phone.wait_text(text, since="start")
        attachment = client.upload(channel, "manual.png", PHOTO)
        picture_id = client.post(channel, "", [attachment])
        picture = self.phone.wait_for(lambda m: m["type"] == "image", since="start")
        check(self.phone.media(picture) == PHOTO, "the picture arrived with other bytes")
        self.phone.read()
        wait_until(
            lambda: {self._tick(text_id), self._tick(picture_id)} == {"read"},
            "the ticks do not become read",
        )
        return {"text": text, "ticks": "read"}

    def _tick(self, message_id: int) -> str:
        client = self.agent_client(self.agent)
        rows = client.search_read(
            "whatsapp.message", [("mail_message_id", "=", message_id)], ["state"]
        )
        return rows[0]["state"] if rows else ""

    def citizen_media(self) -> dict:
        """Send the citizen's voice message, picture, video and document, shown in Discuss."""
        sent = {
            "voice": (self.phone.send_audio, VOICE),
            "image": (self.phone.send_image, PHOTO),
            "video": (self.phone.send_video, VIDEO),
            "document": (self.phone.send_document, DOCUMENT),
        }
        for send, content in sent.values():
            send(content)
        wanted = {
            hashlib.sha1(content, usedforsecurity=False).hexdigest()
            for _send, content in sent.values()
        }
        client = self.agent_client(self.agent)

        def stored() -> bool:
            rows = client.search_read(
                "ir.attachment",
                [
                    ("res_model", "=", "discuss.channel"),
                    ("res_id", "=", self.conversation["channel_id"]),
                ],
                ["checksum"],
            )
            return wanted <= {row["checksum"] for row in rows}

        wait_until(stored, "not every file of the citizen is in the conversation")
        return {"kinds": list(sent)}

    # -- step 5: the end -----------------------------------------------------------------------

    def close(self) -> dict:
        """Close: closing message, survey with four levels, answer stored."""
        client = self.agent_client(self.agent)
        client.call("contact_center.conversation", "action_close", [self.conversation["id"]])
        survey = self.phone.wait_for(lambda m: len(m["options"]) == 4, since="start")
        levels = [option["title"] for option in survey["options"]]
        self.phone.choose(survey["options"][0]["title"])
        facts = wait_until(
            lambda: self._closed(["state", "satisfaction", "outcome", "discuss_channel_id"]),
            "the conversation is not closed",
        )
        check(facts["satisfaction"] == "very_good", f"satisfaction is {facts['satisfaction']}")
        return {"survey": levels, "satisfaction": facts["satisfaction"], **self._archived()}

    def _closed(self, fields: list[str]) -> dict | None:
        facts = self.read_conversation(fields)
        return facts if facts["state"] == "closed" else None

    def _archived(self) -> dict:
        """Check that every message of the telephone, both ways, is in the archive once."""
        wait_until(lambda: not self._missing(), "the archive lacks messages of the telephone")
        stored = self._stored()
        check(len(stored) == len(set(stored)), "a message is stored twice")
        return {"messages": len(stored)}

    def _stored(self) -> list[str]:
        rows = self.admin.search_read(
            "whatsapp.message", [("wamid", "in", self._on_telephone())], ["wamid"]
        )
        return [row["wamid"] for row in rows]

    def _on_telephone(self) -> list[str]:
        return [message["wamid"] for message in self.phone.messages()]

    def _missing(self) -> set[str]:
        return set(self._on_telephone()) - set(self._stored())

    def again(self) -> dict:
        """Write again: a new conversation with a new protocol is opened."""
        self.phone.send_text("olá de novo")
        message = self.phone.wait_for(lambda m: PROTOCOL.search(m["text"]))
        protocol = PROTOCOL.search(message["text"]).group(1)
        check(protocol != self.protocol, f"the protocol is the old one, {protocol}")
        return {"new_protocol": protocol}

    # -- all -----------------------------------------------------------------------------------

    def steps(self) -> list[Callable[[], dict]]:
        """Return the steps in order; each returns the facts it verified."""
        return [
            self.greeting,
            self.identification,
            self.description,
            self.confirmation,
            self.ticket,
            self.hand_over,
            self.take,
            self.answer,
            self.citizen_media,
            self.close,
            self.again,
        ]
