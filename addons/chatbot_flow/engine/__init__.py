"""The flow engine: what the bot says and asks, as a pure function.

    flow = compile(definition)                      # FlowError names every problem in words
    state, effects = advance(flow, None, Start())   # what to say first
    state, effects = advance(flow, state, Answer("1"))

No clock, no I/O, no Odoo, no randomness: the same flow, state and event always give the same
answer. A ``State`` is JSON (``to_json``/``from_json``) and effects are plain values which the
caller carries out. Neither ever raises on a citizen's input.
"""

from .compiler import check, compile  # noqa: A004 - named like re.compile
from .effects import (
    Ask,
    CallAction,
    Collect,
    Effect,
    End,
    HandOver,
    Note,
    Say,
    SmallTalk,
    Survey,
    Wait,
)
from .events import ActionResult, Answer, Burst, Elapsed, Event, Resume, Silent, Start
from .flow import Flow
from .merge import merge
from .placeholders import CONTEXT_NAMES
from .problems import FlowError, Problem
from .runtime import advance
from .state import State, StateError
from .texts import DEFAULT_TEXTS

__all__ = [
    "CONTEXT_NAMES",
    "DEFAULT_TEXTS",
    "ActionResult",
    "Answer",
    "Ask",
    "Burst",
    "CallAction",
    "Collect",
    "Effect",
    "Elapsed",
    "End",
    "Event",
    "Flow",
    "FlowError",
    "HandOver",
    "Note",
    "Problem",
    "Resume",
    "Say",
    "Silent",
    "SmallTalk",
    "Start",
    "State",
    "StateError",
    "Survey",
    "Wait",
    "advance",
    "check",
    "compile",
    "merge",
]
