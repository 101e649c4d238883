# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Agents of a queue that is doing well help another, and go home by themselves."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from . import reasons
from .model import (
    Agent,
    Health,
    Loan,
    Reason,
    Settings,
    Snapshot,
)


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
    :param spare_percent: points by which the lender's service level must be above its goal to lend,
        half of it to go on lending: what is lost until the agents are home is taken from here
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
    spare_percent: float = 2.0


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
    """An agent is lent or called home; both stand in the ledger of loans.

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
    stays with the agent. An agent is lent by one rule at a time.

    :param states: by rule, as the last call returned them; empty in the beginning
    """
    agents = {agent.id: agent for agent in snapshot.agents}
    known = {rule.id: rule for rule in rules}
    moves = [
        _home(loan, Reason(reasons.AGENT_GONE))
        for loan in sorted(snapshot.loans, key=lambda loan: (loan.rule, loan.agent))
        if loan.agent not in agents
        or loan.rule not in known
        or loan.agent not in known[loan.rule].agents
    ]
    gone = {(move.rule, move.agent) for move in moves}
    loans = [loan for loan in snapshot.loans if (loan.rule, loan.agent) not in gone]
    away = {loan.agent for loan in loans}
    kept = {}
    for rule in sorted(rules, key=lambda rule: rule.id):
        own = [loan for loan in loans if loan.rule == rule.id]
        state = _watched(rule, states.get(rule.id, LoanState()), snapshot, now, settings)
        changes = []
        if state.changed_at is None or now - state.changed_at >= rule.gap_seconds:
            if own:
                changes = _called_home(rule, own, state, snapshot, now, settings)
            if not changes:
                changes = _sent_out(rule, own, away, state, snapshot, now, settings)
        if changes:
            state = replace(state, changed_at=now)
            away |= {move.agent for move in changes if move.lent}
        moves += changes
        kept[rule.id] = state
    return moves, kept


def _watched(
    rule: LoanRule, state: LoanState, snapshot: Snapshot, now: float, settings: Settings
) -> LoanState:
    """Return since when the borrowers have needed help, or have not."""
    over = _worst(rule, snapshot, settings, rule.on_factor) is not None
    under = _worst(rule, snapshot, settings, 1.0, reaching=True) is None
    return replace(
        state,
        over_since=(now if state.over_since is None else state.over_since) if over else None,
        under_since=(now if state.under_since is None else state.under_since) if under else None,
    )


def _worst(
    rule: LoanRule,
    snapshot: Snapshot,
    settings: Settings,
    factor: float,
    reaching: bool = False,
) -> tuple[int, float, float] | None:
    """Return the borrower that is furthest above its goal times `factor`: queue, seconds, limit.

    Where people wait and nobody is there, the wait is infinite.

    :param reaching: at the limit is above it too
    """
    worst, most = None, 0.0
    for queue in sorted(rule.borrowers & settings.queues.keys()):
        health = snapshot.health.get(queue, Health())
        limit = settings.queues[queue].goal_seconds * factor
        seconds = health.estimate
        if seconds is None:
            seconds = math.inf if health.waiting else 0.0
        above = seconds / limit if limit else math.inf
        if (above > 1 or (reaching and above == 1)) and above > most:
            worst, most = (queue, seconds, limit), above
    return worst


def _lender_needs(
    rule: LoanRule, snapshot: Snapshot, settings: Settings, spare_percent: float
) -> bool:
    """Return whether the lender is close to its goal, or is going to be."""
    queue = settings.queues.get(rule.lender)
    if queue is None:
        return True
    health = snapshot.health.get(rule.lender, Health())
    least = min(queue.goal_percent + spare_percent, 100.0)
    if health.service_level is not None and health.service_level < least:
        return True
    if health.estimate is None:
        return health.waiting > 0
    return health.estimate >= queue.goal_seconds


def _called_home(
    rule: LoanRule,
    own: list[Loan],
    state: LoanState,
    snapshot: Snapshot,
    now: float,
    settings: Settings,
) -> list[LoanMove]:
    """Return everybody of the rule called home, if it is time."""
    if _lender_needs(rule, snapshot, settings, rule.spare_percent / 2):
        reason = Reason(reasons.LENDER_NEEDS, {"queue": rule.lender})
    elif state.under_since is not None and now - state.under_since >= rule.off_seconds:
        reason = Reason(reasons.BORROWER_WELL, {"seconds": now - state.under_since})
    else:
        return []
    return [_home(loan, reason) for loan in sorted(own, key=lambda loan: loan.agent)]


def _sent_out(
    rule: LoanRule,
    own: list[Loan],
    away: set[int],
    state: LoanState,
    snapshot: Snapshot,
    now: float,
    settings: Settings,
) -> list[LoanMove]:
    """Return the agents that are lent now: half of the idle ones at most, the others stay home."""
    if state.over_since is None or now - state.over_since < rule.on_seconds:
        return []
    if _lender_needs(rule, snapshot, settings, rule.spare_percent):
        return []
    agents = {agent.id: agent for agent in snapshot.agents}
    idle = [
        agent
        for agent in agents.values()
        if agent.id not in away and _is_idle(agent, rule.lender, snapshot)
    ]
    if len(idle) < max(rule.min_idle, 1):
        return []
    room = (len(idle) + 1) // 2
    if rule.most:
        room = min(room, rule.most - len(own))
    ids = {agent.id for agent in idle}
    chosen = [agent for agent in rule.agents if agent in ids][: max(room, 0)]
    reason = _why_lent(rule, snapshot, settings)
    return [LoanMove(rule.id, agent, rule.lender, rule.borrowers, True, reason) for agent in chosen]


def _why_lent(rule: LoanRule, snapshot: Snapshot, settings: Settings) -> Reason:
    """Return which borrower needs help most; it is known that one does."""
    queue, seconds, limit = _worst(rule, snapshot, settings, rule.on_factor)
    if math.isinf(seconds):
        return Reason(reasons.BORROWER_WITHOUT_AGENTS, {"queue": queue})
    values = {"queue": queue, "seconds": seconds, "limit": limit}
    return Reason(reasons.BORROWER_OVERLOADED, values)


def _is_idle(agent: Agent, queue: int, snapshot: Snapshot) -> bool:
    """Return whether an agent of the queue has nothing to do and may serve."""
    member = agent.queues.get(queue)
    if member is None or member.barred or agent.barred or agent.load:
        return False
    return all(offer.agent != agent.id for offer in snapshot.offers)


def _home(loan: Loan, reason: Reason) -> LoanMove:
    return LoanMove(loan.rule, loan.agent, loan.lender, loan.borrowers, False, reason)
