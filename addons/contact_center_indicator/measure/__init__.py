# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Indicators, bands and penalties of the contract, exact and without ORM.

    from contact_center_indicator.measure import INDICATORS, PRINTED, month_figure

A day's contacts become tallies (`tallies`), tallies of days a month's figure (`figures`), the
figure a band of its goal (`goals`, `bands`), bands and late repairs penalties (`penalties`), all by
one reading of the contract (`reading`).
"""

from . import chain, requests
from .bands import BANDS, HIGH, LOW, MEDIUM, MET, NO_BAND, PERCENTS, Bands, WrongBands
from .chain import START, faults, hash_of, seal
from .clocks import CLOCKS, DUTY, NONE, REPAIR, Clock, Verdict, verdict
from .exact import cents, exact, rounded, shown
from .expected import BY_AVERAGES, Averages, judge_such_days, unsaid
from .figures import (
    GRACE_DAYS,
    NOTHING,
    Figure,
    Tally,
    days_of_month,
    first_judged_day,
    judged_days,
    missed_days,
    month_figure,
    without_grace,
)
from .goals import (
    PRINTED,
    SECONDS,
    TEXT_SECONDS,
    Goal,
    NotAMonth,
    TooSoon,
    add_months,
    check_next,
    check_start,
    first_of_month,
    goal_on,
    handling_bands,
    handling_goal,
    park_goal,
    percent_of_goal,
    printed,
)
from .indicators import BY_DAY, FOURTEEN, INDICATORS, Indicator
from .judging import Judgement, judge
from .outside import Line, Unreadable, decoded, read_lines
from .penalties import (
    CEILING,
    DAILY_CEILING,
    DAILY_PERCENT,
    Fine,
    Settlement,
    band_fine,
    daily_fines,
    occurrence_fines,
    settle,
)
from .reading import DEFAULT, SWITCHES, Reading, Switch, WrongReading, in_force
from .stoppages import Stop, stopped_seconds, stopped_units
from .tallies import (
    ABANDONED,
    ANSWERED,
    ELSEWHERE,
    GOES_ON,
    JOINED_US,
    SECOND,
    Service,
    Stay,
    Tallies,
    Wait,
    waits_of,
)
from .turnover import Spell, joined, turnover
