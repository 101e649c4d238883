"""Counting lost and doubled messages on both sides of a run."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Balance:
    """Counts of lost and doubled messages; the goal is zero.

    :param lost_in: messages of citizens that are not in the archive
    :param doubled_in: copies of citizens' messages in the archive beyond the first
    :param unanswered: messages to the bot that it did not answer
    :param lost_out: messages of the outbox that Meta never accepted
    :param doubled_out: messages that Meta accepted more than once, counted by the extra ones
    :param foreign_out: messages that Meta accepted and the outbox does not know
    :param lost_tickets: tickets that GLPI does not have
    :param doubled_tickets: tickets that GLPI has more than once
    """

    lost_in: int = 0
    doubled_in: int = 0
    unanswered: int = 0
    lost_out: int = 0
    doubled_out: int = 0
    foreign_out: int = 0
    lost_tickets: int = 0
    doubled_tickets: int = 0

    @property
    def lost(self) -> int:
        """All that is missing somewhere."""
        return self.lost_in + self.unanswered + self.lost_out + self.lost_tickets

    @property
    def doubled(self) -> int:
        """All that is somewhere too often."""
        return self.doubled_in + self.doubled_out + self.foreign_out + self.doubled_tickets

    def as_dict(self) -> dict[str, int]:
        """Return every count by its name."""
        return asdict(self)


def balance(
    sent: Iterable[str],
    stored: Mapping[str, int],
    unanswered: int,
    outbox: Iterable[str],
    accepted: Mapping[str, int],
    tickets: Mapping[str, int],
) -> Balance:
    """Compare both sides.

    :param sent: ids of what citizens sent, from the far side
    :param stored: {id: how often it stands in the archive}
    :param unanswered: messages to the bot without an answer
    :param outbox: our ids of what was to be sent
    :param accepted: {our id: how often Meta accepted it}
    :param tickets: {mark of a ticket of ours: how often GLPI has it}
    """
    sent, outbox = set(sent), set(outbox)
    return Balance(
        lost_in=sum(1 for wamid in sent if not stored.get(wamid)),
        doubled_in=sum(stored[wamid] - 1 for wamid in sent if stored.get(wamid, 0) > 1),
        unanswered=unanswered,
        lost_out=sum(1 for opaque in outbox if not accepted.get(opaque)),
        doubled_out=sum(accepted[opaque] - 1 for opaque in outbox if accepted.get(opaque, 0) > 1),
        foreign_out=sum(count for opaque, count in accepted.items() if opaque not in outbox),
        lost_tickets=sum(1 for count in tickets.values() if not count),
        doubled_tickets=sum(count - 1 for count in tickets.values() if count > 1),
    )


def occurrences(marks: Iterable[str], texts: Iterable[str]) -> dict[str, int]:
    """Return {mark: in how many of the texts it stands}."""
    texts = list(texts)
    return {mark: sum(1 for text in texts if mark in text) for mark in marks}


def counted(values: Mapping[str, list]) -> Counter:
    """Return {key: length of its list}."""
    return Counter({key: len(found) for key, found in values.items()})
