# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Planning people: how many are needed, what will come, what would happen if.

Pure functions.

    service = erlang_a(Load(300, 199, 350), agents=18, goal=20)
        how long people wait for so many agents, if they give up some day
    agents = agents_needed(load, Goal(20, 0.8))
        the fewest agents who reach a goal; None: it is out of reach
    best_forecast(history, holidays).of(day)
        contacts expected by half hour; `judge` says how good that was on the last weeks
    plan, missing = changed(day, Changes(moves=(Move(start, end, 2, source, target),)))
        the same day with other people, handling times or patience
    result = replicate(day, routing)
        what a day gives on average, each figure with its interval; the production router decides
    result = replicate(day, routing, to_come=ToCome(volumes, kinds))
        the same of a day to come, whose contacts are drawn from a forecast

No clock, no I/O, no Odoo: randomness comes from a seed. docs/developer/workforce.md has the model.
"""

from .changes import Changes, Move, changed, lent
from .day import SLOT, Arrival, Day, Person, Spell, Traffic
from .erlang import Load, Service, erlang_a, erlang_b, erlang_c, waiting_share
from .forecast import Forecast, Judgement, Memory, best_forecast, judge
from .patience import USUAL_PATIENCE, from_report, mean_patience
from .replications import (
    REPLICATIONS,
    Estimate,
    Expected,
    Figures,
    Result,
    fits,
    occupancy_percent,
    of_tallies,
    replicate,
)
from .simulation import Tally
from .staffing import MOST_AGENTS, Goal, agents_needed, rostered
from .to_come import ToCome, drawn

__all__ = [
    "MOST_AGENTS",
    "REPLICATIONS",
    "SLOT",
    "USUAL_PATIENCE",
    "Arrival",
    "Changes",
    "Day",
    "Estimate",
    "Expected",
    "Figures",
    "Forecast",
    "Goal",
    "Judgement",
    "Load",
    "Memory",
    "Move",
    "Person",
    "Result",
    "Service",
    "Spell",
    "Tally",
    "ToCome",
    "Traffic",
    "agents_needed",
    "best_forecast",
    "changed",
    "drawn",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "fits",
    "from_report",
    "judge",
    "lent",
    "mean_patience",
    "occupancy_percent",
    "of_tallies",
    "replicate",
    "rostered",
    "waiting_share",
]
