# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which contact goes to which agent."""

from .model import Offer, Settings, Snapshot


def match(snapshot: Snapshot, now: float, settings: Settings) -> list[Offer]:
    """Return what is to be offered now, in the order of the contacts.

    Contacts with an open offer are left alone, expired ones too until they are settled. Nobody is
    offered more than fits beside what is in service and what is offered already; nobody who is
    barred, without the skills or outside the queue (with its rings, overflows and loans).
    """
    raise NotImplementedError
