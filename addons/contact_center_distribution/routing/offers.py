# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Offers whose time is over, and what follows for contact and agent."""

from collections.abc import Mapping
from dataclasses import dataclass

from .model import Settings, Snapshot


@dataclass(frozen=True, slots=True)
class Expiry:
    """An offer that nobody answered in time.

    The contact goes back to the head (`Contact.returned`, `since` unchanged, the agent in
    `declined`); the agent's count of offers without an answer becomes `unanswered`.

    :param contact: id
    :param agent: id
    :param unanswered: offers in a row that the agent has let pass, this one included
    :param not_answering: whether the agent is to be set to "not answering", never silently
    """

    contact: int
    agent: int
    unanswered: int
    not_answering: bool


def expire(
    snapshot: Snapshot, now: float, settings: Settings, unanswered: Mapping[int, int]
) -> list[Expiry]:
    """Return the offers that are over at `now`, in the order in which they ended.

    :param unanswered: offers in a row that each agent has let pass before these, by agent; an
        accepted or refused offer sets it to 0
    """
    counts = dict(unanswered)
    expiries = []
    for offer in sorted(snapshot.offers, key=lambda offer: (offer.until, offer.contact)):
        if offer.until > now:
            continue
        count = counts[offer.agent] = counts.get(offer.agent, 0) + 1
        not_answering = count >= settings.unanswered_limit
        expiries.append(Expiry(offer.contact, offer.agent, count, not_answering))
    return expiries
