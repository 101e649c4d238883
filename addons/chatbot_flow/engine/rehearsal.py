# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plays a whole conversation with a flow: for the simulator and for flow tests.

Messages are a list of *entries*, each with an *outcome*; both are JSON, so that a run can be saved
and replayed. Since the engine is pure, playing the same entries in the same situation gives the
same outcomes: a saved run replays equal.

    run = play(flow, situation, [{"kind": "text", "text": "Maria"}])
    run.outcomes[0]     # what the flow says before the citizen answers
    run.outcomes[1]     # what it says to "Maria"
    compare(expected, run.outcomes, STEPS)      # differences from a saved run

Entries: ``{"kind": "text|option|location|silence|elapsed|return|situation|<kind of media>", "text",
"option_id", "latitude", "longitude", "situation"}``. ``{"kind": "burst", "entries": [...]}`` are
messages sent in a row, which form one turn. ``return`` is a citizen who left off and writes again,
in another conversation. ``silence`` is a citizen who does not answer (the reminder first, then the
end), ``elapsed`` the end of a pause. The ``situation`` of an entry replaces the previous one from
then on (the clock moves, the queue fills). It is ``{"opening": what the citizen wrote first,
"known": {contact field: the citizen's earlier data}, "values": {name: current value}, "actions":
{name: {"ok": bool, "empty": bool, "values": {...}}}, "choices": {source: [records]}}``; the records
of a choice default to samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import choices, records
from . import state as states
from .effects import (
    Ask,
    CallAction,
    Collect,
    End,
    HandOver,
    Note,
    Say,
    SmallTalk,
    Survey,
    Wait,
)
from .events import ActionResult, Answer, Burst, Elapsed, Event, Silent, Start
from .flow import Flow
from .inputs import json_value
from .merge import merge
from .runtime import advance
from .state import State

#: What a flow test compares: every word, or only the steps reached
TEXTS = "texts"
STEPS = "steps"
STRICTNESS = (TEXTS, STEPS)
#: Maximum actions in a turn, as in a conversation
MAX_ACTIONS = 20
#: The citizen left off, and writes again
RETURN = "return"
#: Entries of kinds that are media
MEDIA = ("image", "video", "audio", "voice", "document", "sticker")
#: Kinds of entries that a burst may hold
IN_A_BURST = ("text", "option", "location", *MEDIA)
#: Where a location without coordinates is: the town hall of João Monlevade
PLACE = (-19.81, -43.17)


@dataclass(frozen=True, slots=True)
class Run:
    """The result of playing entries.

    :ivar outcomes: JSON, the first for the start and then one for each entry: ``said`` (texts
        with their options and files), ``path`` (keys of the steps entered), ``actions``,
        ``collected``, ``noted`` (codes for the record), ``manner`` (name of the recognised small
        talk), ``over`` (how it ended, or None), ``wait`` (seconds of a pause, or 0) and ``step``
        (where it waits)
    :ivar state: the state of the conversation at the end
    """

    outcomes: tuple[dict[str, Any], ...]
    state: State


@dataclass(frozen=True, slots=True)
class Deviation:
    """The first difference from the expected outcome of an entry.

    :ivar entry: number of the entry, 0 for the start
    :ivar code: ``said|path|actions|manner|over|missing``: the part that differs
    :ivar expected: its saved JSON
    :ivar got: its current JSON
    """

    entry: int
    code: str
    expected: Any
    got: Any


def play(flow: Flow, situation: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> Run:
    """Start the flow and send it the entries, one after the other.

    :param situation: current values and results of actions, see the module
    """
    start = _start(situation, situation.get("opening") or "", None)
    state, outcome = _turn(flow, None, start, situation)
    outcomes = [outcome]
    for number, entry in enumerate(entries, 1):
        situation = entry.get("situation") or situation
        if entry.get("kind") == RETURN:
            start = _start(situation, entry.get("text") or "", state)
            state, outcome = _turn(flow, None, start, situation)
            outcomes.append(outcome)
            continue
        event = event_of(flow, state, entry, number)
        if event is None:
            outcomes.append(_outcome(state, (), [], []))
            continue
        state, outcome = _turn(flow, state, event, situation)
        outcomes.append(outcome)
    return Run(tuple(outcomes), state)


def _start(situation: Mapping[str, Any], text: str, before: State | None) -> Start:
    """Return the beginning of a conversation.

    :param before: the state of the interrupted conversation
    """
    left = None
    if before is not None and (before.status == states.INPUT or before.memory.get("left")):
        left = before.to_json()
    known = situation.get("known") or {}
    suggested = str(situation.get("suggested") or "")
    return Start(text=text, known=known, suggested=suggested, left=left)


def event_of(
    flow: Flow, state: State, entry: Mapping[str, Any], number: int | str = 0
) -> Event | None:
    """Return an entry as an engine event; None if it only changes the situation.

    :param number: makes the handle of a medium unique among entries
    """
    kind, text = entry.get("kind") or "text", entry.get("text") or ""
    if kind == "situation":
        return None
    if kind == "burst":
        return Burst(
            tuple(
                event_of(flow, state, part, f"{number}.{place}")
                for place, part in enumerate(entry.get("entries") or (), 1)
                if part.get("kind") in IN_A_BURST
            )
        )
    if kind == "elapsed":
        return Elapsed(state.step)
    if kind == "silence":
        remind = flow.silence.remind_after and not state.reminded
        return Silent("remind" if remind else "end")
    if kind in MEDIA:
        return Answer(text=text, kind="media", media_ref=f"message:{number}", media_kind=kind)
    if kind == "location":
        latitude, longitude = entry.get("latitude"), entry.get("longitude")
        if latitude is None or longitude is None:
            latitude, longitude = PLACE
        return Answer(text=text, kind="location", latitude=latitude, longitude=longitude)
    return Answer(text=text, option_id=entry.get("option_id") or "", kind=kind)


def compare(
    expected: Sequence[Mapping[str, Any]], got: Sequence[Mapping[str, Any]], strictness: str
) -> Deviation | None:
    """Return the first difference between a saved run and a new one, or None.

    :param strictness: ``texts`` compares every word, option, file, action and step; ``steps`` only
    the path through the steps and the end, so that texts may be edited
    """
    names = ("said", "path", "actions", "over") if strictness == TEXTS else ("path", "over")
    names += ("manner",)
    for number, wanted in enumerate(expected):
        if number >= len(got):
            return Deviation(number, "missing", wanted, None)
        for name in names:
            if name == "manner" and name not in wanted:
                # saved before there was a small-talk table
                continue
            if wanted.get(name) != got[number].get(name):
                return Deviation(number, name, wanted.get(name), got[number].get(name))
    return None


def _turn(
    flow: Flow, state: State | None, event: Event, situation: Mapping[str, Any]
) -> tuple[State, dict[str, Any]]:
    """Process one event, and the results of the actions it leads to."""
    context = situation.get("values") or {}
    done: list[Any] = []
    path: list[str] = []
    actions: list[dict[str, Any]] = []
    following: Event | None = event
    for _action in range(MAX_ACTIONS):
        state, effects = advance(flow, state, following, context, path)
        done += merge(effects)
        call = next((effect for effect in effects if isinstance(effect, CallAction)), None)
        if call is None:
            break
        following = _result(call, situation)
        actions.append({"name": call.name, "params": json_value(dict(call.params))})
        actions[-1]["ok"] = following.ok
    return state, _outcome(state, done, path, actions)


def _result(call: CallAction, situation: Mapping[str, Any]) -> ActionResult:
    """Return an action's result from the situation; an unknown one just succeeds."""
    result = (situation.get("actions") or {}).get(call.name) or {}
    if call.name == choices.ACTION and not result:
        values = records.sample_page(call.params, situation.get("choices") or {})
        return ActionResult(call.name, True, values)
    return ActionResult(
        call.name,
        result.get("ok", True) is True,
        result.get("values") or {},
        result.get("empty") is True,
    )


def _outcome(
    state: State, effects: Iterable[Any], path: list[str], actions: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the outcome of a turn, as JSON."""
    outcome: dict[str, Any] = {
        "said": [],
        "path": path,
        "actions": actions,
        "collected": [],
        "manner": "",
        "noted": [],
        "over": None,
        "wait": 0,
        "step": state.step,
    }
    for effect in effects:
        if isinstance(effect, Say | Ask):
            outcome["said"].append(_said(effect))
        elif isinstance(effect, Wait):
            outcome["wait"] = effect.seconds
        elif isinstance(effect, SmallTalk):
            outcome["manner"] = effect.name
        elif isinstance(effect, Note):
            outcome["noted"].append(effect.code)
        elif isinstance(effect, Collect):
            outcome["collected"].append({"label": effect.label, "value": effect.value})
        elif isinstance(effect, HandOver):
            outcome["over"] = {
                "kind": "handed_over",
                "queue": json_value(effect.queue),
                "reason": effect.reason,
                "skill": json_value(effect.skill),
                "priority": effect.priority,
            }
        elif isinstance(effect, End | Survey):
            kind = "survey" if isinstance(effect, Survey) else "ended"
            outcome["over"] = {"kind": kind, "outcome": effect.outcome}
    return outcome


def _said(effect: Say | Ask) -> dict[str, Any]:
    """Return a message of the bot; files are compared by name, because a copy has another id."""
    return {
        "text": effect.text,
        "options": [
            {
                "id": choice.id,
                "title": choice.title,
                "description": choice.description,
                "label": choice.label,
            }
            for choice in getattr(effect, "options", ())
        ],
        "list_button": getattr(effect, "list_button", ""),
        "footer": getattr(effect, "footer", ""),
        "media": [
            {"kind": item.get("kind"), "filename": item.get("filename") or ""}
            for item in effect.media
        ],
    }
