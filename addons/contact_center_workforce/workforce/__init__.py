# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .changes import Changes, Move, changed
from .day import SLOT, Arrival, Day, Person, Spell, Traffic
from .erlang import Load, Service, erlang_a, erlang_b, erlang_c, waiting_share
from .patience import USUAL_PATIENCE, from_report, mean_patience
from .replications import Estimate, Expected, Figures, Result, fits, replicate
from .staffing import Goal, agents_needed, rostered
