"""The rows that a contact of the past leaves in the ledgers, as by the models.

Pure but for the ids, which the tables give.
"""

import random
from datetime import datetime, timedelta

from . import words
from .drawing import Coming
from .moments import microseconds, whole
from .past import Told

SURVEY_SECONDS = 600.0
"""After so many seconds a survey that nobody answers counts as not answered."""

BOT_SECONDS = 60.0
"""What the assistant takes, before it hands over or until it ends a contact by itself."""


def closed_at(coming: Coming, told: Told | None) -> float:
    """Return when a contact is over for good, in seconds after midnight."""
    if told is None:
        return coming.at
    if not told.member:
        return told.left
    return told.ended + (rated_after(coming) if coming.rating else SURVEY_SECONDS)


def rated_after(coming: Coming) -> float:
    """Return how many seconds after the end of the service a citizen rates it."""
    return 20.0 + coming.subject % 60


class Contact:
    """One contact of the past.

    :param ledgers: `writing.Ledgers`, whose rows are added to
    :param start: midnight of its day (naive UTC)
    :param told: what became of it; None: the assistant ended it
    :param protocol, number, channel: its protocol, the ids of its conversation and channel
    """

    def __init__(self, ledgers, start: datetime, coming, told, protocol, number, channel):
        self._rows, self._known = ledgers.rows, ledgers.known
        self._ledgers = ledgers
        self._start, self._coming, self._told = start, coming, told
        self._protocol, self._number, self._channel = protocol, number, channel
        self._queue = self._known.queues[coming.queue]
        self._agent = self._known.users[told.member] if told and told.member else None
        self._partner, self._identity = self._known.citizens[coming.citizen]
        self.opened = self._at(coming.at - BOT_SECONDS)
        self.closed = self._at(closed_at(coming, told))

    def _at(self, seconds: float) -> datetime:
        return self._start + timedelta(seconds=seconds)

    @property
    def _outcome(self) -> str:
        if self._told is None:
            return "self_service"
        return "resolved" if self._agent else "abandoned"

    def add(self) -> None:
        """Add all rows of the contact but its messages."""
        self._add_channel()
        self._add_conversation()
        self._event("opened", self.opened, {"channel_kind": "whatsapp"}, by_agent=False)
        if self._told is not None:
            self._add_wait()
        if self._agent:
            self._add_service()
        self._event("closed", self.closed, {"outcome": self._outcome}, by_agent=False)

    def _add_channel(self) -> None:
        self._rows["channel"].add(
            self.opened,
            id=self._channel,
            name=f"{self._known.names[self._coming.citizen]} · {self._protocol}",
            channel_type="livechat",
            livechat_operator_id=self._known.bot,
            contact_center_conversation_id=self._number,
            livechat_end_dt=whole(self.closed),
            uuid=f"demo-{self._number}",
        )

    def _add_conversation(self) -> None:
        coming, told, agent = self._coming, self._told, self._agent
        subject, nature = self._known.about(coming, told)
        rated = agent and coming.rating
        survey = {"survey_result": "answered" if rated else "unanswered"} if agent else {}
        self._rows["conversation"].add(
            self.opened,
            id=self._number,
            protocol=self._protocol,
            partner_id=self._partner,
            channel_kind="whatsapp",
            whatsapp_account_id=self._known.account,
            whatsapp_identity_id=self._identity,
            number_key=f"whatsapp:{self._known.account}",
            queue_id=self._queue,
            company_id=self._known.company,
            agent_id=agent,
            state="closed",
            outcome=self._outcome,
            priority=str(coming.priority) if told else "0",
            disposition_id=subject,
            nature=nature,
            satisfaction=coming.rating if rated else None,
            survey_agent_id=agent,
            opened_at=whole(self.opened),
            queued_at=whole(self._at(coming.at)) if told else None,
            accepted_at=whole(self._at(told.left)) if agent else None,
            replied_at=whole(self._replied) if agent else None,
            survey_at=whole(self._at(told.ended)) if agent else None,
            closed_at=whole(self.closed),
            last_inbound_at=whole(self.opened),
            last_outbound_at=whole(self.closed),
            unread_count=0,
            attendance="human" if agent else "electronic",
            direction="receptive",
            **survey,
        )

    def _add_wait(self) -> None:
        """Add the stay in the queue and the offers."""
        told, agent = self._told, self._agent
        entered, left = self._at(self._coming.at), self._at(told.left)
        self._event("queued", entered, {"reason": "asked", "hours": "open"}, by_agent=False)
        self._rows["stay"].add(
            entered,
            conversation_id=self._number,
            queue_id=self._queue,
            entered_at=whole(entered),
            entered_us=microseconds(entered),
            since_us=microseconds(entered),
            left_at=whole(left),
            left_us=microseconds(left),
            left_how="accepted" if agent else "abandoned",
            agent_id=agent,
            place=1,
            waited_seconds=(left - entered).total_seconds(),
        )
        for offer in told.offers:
            at, answered = self._at(offer.at), self._at(offer.answered)
            refusal = "busy" if offer.result == "refused" else None
            self._rows["offer"].add(
                at,
                conversation_id=self._number,
                queue_id=self._queue,
                via_id=self._queue,
                user_id=self._known.users[offer.member],
                at=whole(at),
                until=whole(at + timedelta(seconds=20)),
                weight=self._known.weight,
                score=offer.at - self._coming.at,
                result=offer.result,
                answered_at=whole(answered),
                refusal=refusal,
            )
            name = self._known.agent_names[offer.member]
            self._event("offered", at, {"agent": name}, by_agent=False)
            if refusal:
                self._event("refused", answered, {"agent": name, "reason": refusal})

    @property
    def _replied(self) -> datetime:
        told = self._told
        return self._at(told.left + min(0.15 * (told.ended - told.left), 45.0))

    def _add_service(self) -> None:
        ended = self._at(self._told.ended)
        self._event("accepted", self._at(self._told.left))
        self._event("first_reply", self._replied)
        self._event("survey_asked", ended)
        if self._coming.rating:
            self._event("rated", self.closed, {"rating": self._coming.rating}, by_agent=False)

    def _event(self, kind: str, at: datetime, data: dict | None = None, by_agent=True) -> None:
        served = self._agent and at >= self._at(self._told.left)
        user = self._agent if by_agent and self._agent else self._known.system
        self._rows["event"].add(
            at,
            conversation_id=self._number,
            kind=kind,
            at=whole(at),
            at_us=microseconds(at),
            queue_id=self._queue,
            agent_id=self._agent if served else None,
            user_id=user,
            data=data,
        )

    def say(self, rnd: random.Random) -> None:
        """Add what was said."""
        coming, told = self._coming, self._told
        if not told or not self._agent:
            self._say(self.opened, self._partner, words.asked(coming.queue, rnd))
            return
        agent = self._known.agent_names[told.member]
        times = (self.opened, self._replied, self._at(told.ended - 10), self._at(told.ended - 5))
        speakers = {"citizen": self._partner, "agent": self._known.agent_partners[told.member]}
        for at, (who, text) in zip(times, words.talk(coming.queue, agent, rnd), strict=True):
            self._say(at, speakers[who], text)

    def _say(self, at: datetime, who: int, text: str) -> None:
        self._ledgers.say(self._channel, at, who, text)
