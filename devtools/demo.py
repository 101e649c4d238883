"""`./dev demo`: the main job without a browser, against freshly started servers.

Prints one JSON object per step on standard output and, last,
``{"step": "done", "ok": ..., "protocol": ..., "glpi_ticket_id": ..., "seconds": ...}``; what people
read while they wait goes to standard error. The exit status is 0 only if every step was verified
at the far side: on the telephone, in GLPI, in Odoo.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable

from sandbox.client import SandboxError

from .errors import Problem
from .odoo_client import OdooError
from .servers import Stack
from .story import Story, StoryError, check

# Longer than the connector waits for Meta's answer, so that it has to settle the doubt itself.
LOST_ANSWER_SECONDS = 15
PROBLEMS = (StoryError, SandboxError, OdooError, Problem, OSError, KeyError, LookupError)


class GlpiDown(Story):
    """GLPI is off when the ticket should be opened and comes back after the service."""

    def confirmation(self) -> dict:
        """Let the citizen get the protocol although GLPI does not answer."""
        self.glpi("PUT", "/control/down", {"down": True})
        facts = super().confirmation()
        told = self.phone.wait_text(self.protocol)
        return {**facts, "told": told["text"]}

    def glpi_back(self) -> dict:
        """Switch GLPI on again: the ticket is opened by itself."""
        check(not self.ticket_id, "a ticket number came while GLPI was down")
        self.glpi("PUT", "/control/down", {"down": False})
        return {}

    def ticket(self, seconds: float = 150) -> dict:
        """Check the ticket as without the fault, only later."""
        return super().ticket(seconds)

    def steps(self) -> list[Callable[[], dict]]:
        """Return the steps: the ticket comes after the agent's answer."""
        return [
            self.greeting,
            self.identification,
            self.description,
            self.confirmation,
            self.hand_over,
            self.take,
            self.answer,
            self.glpi_back,
            self.ticket,
            self.citizen_media,
            self.close,
            self.again,
        ]


class MetaFault(Story):
    """Meta misbehaves from the first message on; nothing may be doubled or lost."""

    faults: dict = {}

    def greeting(self) -> dict:
        """Switch the fault on first."""
        self.meta.faults(**self.faults)
        return {"faults": self.faults, **super().greeting()}

    def nothing_doubled(self) -> dict:
        """Check that every message of ours reached the telephone once."""
        sent = [message for message in self.phone.messages() if message["direction"] == "in"]
        ids = [message["payload"].get("biz_opaque_callback_data") for message in sent]
        check(all(ids), "a message went out without our own id")
        doubled = sorted({one for one in ids if ids.count(one) > 1})
        check(not doubled, f"{len(doubled)} messages reached the telephone twice")
        self.meta.faults()
        self.meta.wait_idle(30)
        return {"messages_on_the_telephone": len(sent), **self._archived()}

    def steps(self) -> list[Callable[[], dict]]:
        """Return the story, and a count at the end."""
        return [*super().steps(), self.nothing_doubled]


class DuplicateWebhooks(MetaFault):
    """Every webhook comes three times."""

    faults = {"duplicate_webhooks": 2}


class Disorder(MetaFault):
    """Webhooks overtake each other."""

    faults = {"disorder": True}


class SendTimeout(MetaFault):
    """Meta accepts messages, but its answer is lost."""

    faults = {
        "send_timeout": {"after_accept": True, "count": 3, "seconds": LOST_ANSWER_SECONDS},
    }


STORIES: dict[str, type[Story]] = {
    "none": Story,
    "glpi-down": GlpiDown,
    "duplicate-webhooks": DuplicateWebhooks,
    "disorder": Disorder,
    "send-timeout": SendTimeout,
}


def emit(**values) -> None:
    """Print one line of the protocol of this run."""
    print(json.dumps(values, ensure_ascii=False), flush=True)


def play(story: Story) -> bool:
    """Play all steps, one JSON line each; False at the first that fails."""
    for step in story.steps():
        start = time.monotonic()
        name = step.__name__.replace("_", "-")
        try:
            facts = step()
        except PROBLEMS as problem:
            emit(step=name, ok=False, error=f"{type(problem).__name__}: {problem}")
            return False
        emit(step=name, ok=True, seconds=round(time.monotonic() - start, 2), **facts)
    return True


def main(argv: list[str]) -> int:
    """Run the command; returns the exit status."""
    if "--city" in argv:
        from .city import program

        return program.main([word for word in argv if word != "--city"])
    parser = argparse.ArgumentParser(prog="dev demo", description=__doc__)
    parser.add_argument(
        "--city", action="store_true", help="instead: a living 156, a day of it in ten minutes"
    )
    parser.add_argument("--fault", choices=sorted(STORIES), default="none")
    arguments = parser.parse_args(argv)
    start = time.monotonic()
    ok, story = False, None
    try:
        with Stack(db_name="demo_story", demo=True, quiet=0) as stack:
            emit(step="servers", ok=True, seconds=round(time.monotonic() - start, 2))
            story = STORIES[arguments.fault](stack)
            ok = play(story)
            if not ok:
                print(f"The log of Odoo: {stack.odoo_log}", file=sys.stderr)
    except Problem as problem:
        emit(step="servers", ok=False, error=str(problem))
    emit(
        step="done",
        ok=ok,
        protocol=story.protocol if story else "",
        glpi_ticket_id=story.ticket_id if story else 0,
        seconds=round(time.monotonic() - start, 1),
    )
    return 0 if ok else 1
