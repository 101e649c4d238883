# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Agents of a queue that is doing well help one that is not, and go home again by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from .model import Reason, Settings, Snapshot


@dataclass(frozen=True, slots=True)
class LoanRule:
    """Who may be lent to whom, and when.

    :param id: id of the rule
    :param lender: queue whose goal must hold
    :param borrowers: the queue, or the group of queues, that is helped
    :param agents: ids of the agents who may be lent, in the order in which they are
    :param on_factor: lend when the borrower's estimated wait is above its goal times this ...
    :param on_seconds: ... for so long
    :param off_seconds: call home when it is below the goal for so long
    :param gap_seconds: least time between two changes of one rule
    :param most: agents lent at a time; 0: all
    :param min_idle: agents of the lender who must be free to begin with
    """

    id: int
    lender: int
    borrowers: frozenset[int]
    agents: tuple[int, ...]
    on_factor: float = 3.0
    on_seconds: float = 30.0
    off_seconds: float = 120.0
    gap_seconds: float = 300.0
    most: int = 0
    min_idle: int = 1


@dataclass(frozen=True, slots=True)
class LoanState:
    """What a rule remembers from one look to the next; to be kept beside the rule.

    :param over_since: since when the borrower has needed help; None: it does not
    :param under_since: since when it has not; None: it does
    :param changed_at: when agents were last lent or called home
    """

    over_since: float | None = None
    under_since: float | None = None
    changed_at: float | None = None


@dataclass(frozen=True, slots=True)
class LoanMove:
    """An agent is lent or called home; each is an event ("lent", "returned").

    :param rule: id
    :param agent: id
    :param lender: queue at home
    :param borrowers: the queues helped
    :param lent: True: lent now; False: home now
    :param reason: why
    """

    rule: int
    agent: int
    lender: int
    borrowers: frozenset[int]
    lent: bool
    reason: Reason


def lend(
    snapshot: Snapshot,
    now: float,
    rules: tuple[LoanRule, ...],
    settings: Settings,
    states: Mapping[int, LoanState],
) -> tuple[list[LoanMove], dict[int, LoanState]]:
    """Return who is to be lent or called home, and what the rules have to remember.

    A contact that a lent agent is serving is finished first: the loan ends at once, the contact
    stays with the agent.

    :param states: by rule, as the last call returned them; empty in the beginning
    """
    raise NotImplementedError
