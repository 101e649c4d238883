# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The router: which contact goes to which agent, as pure functions.

    offers = match(snapshot, now, settings)
        who is offered what, and why
    explanation = explain(snapshot, queue, now, settings)
        who would get the next contact of a queue, and why
    expiries = expire(snapshot, now, settings, unanswered)
        offers whose time is over, agents who do not answer
    moves = overflow(snapshot, now, settings)
        contacts to be shown elsewhere, moved or withdrawn
    admission = admit(settings.queues[queue], health)
        whether there is room
    moves, states = lend(snapshot, now, rules, settings, states)
        agents to be lent and called home
    traffic = Forecaster(snapshot, now, settings).traffic(queue, service_seconds, patience_seconds)
    forecast = estimate(traffic, correction)
        how long a contact will wait, as a range; None: no forecast
    running = Running(agents, settings)
        the decisions of `match` from event to event, for simulations

No clock, no I/O, no Odoo, no randomness: the same snapshot, settings and time always give the same
answer, in whatever order the snapshot lists things. docs/developer/distribution.md has the rules.
"""

from .choice import starting_share
from .explaining import explain
from .forecasting import Forecaster, balanced
from .lending import LoanMove, LoanRule, LoanState, lend
from .matching import match
from .model import (
    Agent,
    Candidate,
    Contact,
    Explanation,
    Health,
    Loan,
    Membership,
    Offer,
    OpenOffer,
    Overflow,
    QueueSettings,
    Reason,
    Ring,
    Settings,
    Snapshot,
)
from .offers import Expiry, expire
from .overflowing import Admission, OverflowMove, admit, overflow
from .running import Running
from .waiting import (
    Correction,
    Forecast,
    Told,
    Traffic,
    agent_share,
    estimate,
    mean_patience,
    shrunk_mean,
    tell,
)

__all__ = [
    "Admission",
    "Agent",
    "Candidate",
    "Contact",
    "Correction",
    "Expiry",
    "Explanation",
    "Forecast",
    "Forecaster",
    "Health",
    "Loan",
    "LoanMove",
    "LoanRule",
    "LoanState",
    "Membership",
    "Offer",
    "OpenOffer",
    "Overflow",
    "OverflowMove",
    "QueueSettings",
    "Reason",
    "Ring",
    "Running",
    "Settings",
    "Snapshot",
    "Told",
    "Traffic",
    "admit",
    "agent_share",
    "balanced",
    "estimate",
    "expire",
    "explain",
    "lend",
    "match",
    "mean_patience",
    "overflow",
    "shrunk_mean",
    "starting_share",
    "tell",
]
