"""A whole conversation with a flow, played without anybody: for the simulator and for flow tests.

What was sent is a list of *entries*, what came of each is an *outcome*; both are JSON, so that a
run can be kept and played again. Since the engine is pure, playing the same entries in the same
situation gives the same outcomes: a saved run replays equal.

    run = play(flow, situation, [{"kind": "text", "text": "Maria"}])
    run.outcomes[0]     # what the flow says before the citizen answers
    run.outcomes[1]     # what it says to "Maria"
    compare(expected, run.outcomes, STEPS)      # what is different from a run that was kept

Entries: ``{"kind": "text|option|location|silence|elapsed|situation|<kind of media>", "text",
"option_id", "latitude", "longitude", "situation"}``. ``silence`` is a citizen who does not answer
(the reminder first, then the end), ``elapsed`` the end of a pause. The ``situation`` of an entry
replaces the one before it from then on (the clock moves, the queue fills). It is ``{"opening":
what the citizen wrote first, "values": {name: value of the moment}, "actions": {name: {"ok": bool,
"empty": bool, "values": {...}}}, "choices": {source: [records]}}``; the records of a choice are
samples where they are not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import choices, records
from .compiler import Flow
from .effects import Ask, CallAction, Collect, End, HandOver, Say, Survey, Wait
from .events import ActionResult, Answer, Elapsed, Event, Silent, Start
from .inputs import json_value
from .merge import merge
from .runtime import advance
from .state import State

#: What has to be the same in a flow test: every word, or only the steps that were reached
TEXTS = "texts"
STEPS = "steps"
STRICTNESS = (TEXTS, STEPS)
#: Actions in one turn at most, as in a conversation
MAX_ACTIONS = 20
#: Entries of kinds that are media
MEDIA = ("image", "video", "audio", "voice", "document", "sticker")
#: Where a location without coordinates is: the town hall of João Monlevade
PLACE = (-19.81, -43.17)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of playing entries.

    :ivar outcomes: JSON, the first for the start and then one for each entry: ``said`` (texts
        with their options and files), ``path`` (keys of the steps entered), ``actions``,
        ``collected``, ``over`` (how it ended, or None), ``wait`` (seconds of a pause, or 0) and
        ``step`` (where it waits)
    :ivar state: where the conversation stands at the end
    """

    outcomes: tuple[dict[str, Any], ...]
    state: State


@dataclass(frozen=True, slots=True)
class Deviation:
    """The first thing that is not as expected after one entry.

    :ivar entry: number of the entry, 0 for the start
    :ivar code: ``said|path|actions|over|missing``: what is different
    :ivar expected: JSON of it as it was kept
    :ivar got: JSON of it as it is now
    """

    entry: int
    code: str
    expected: Any
    got: Any


def play(flow: Flow, situation: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> Run:
    """Starts the flow and sends it the entries, one after the other.

    :param situation: the values of the moment and the results of actions, see the module
    """
    start = Start(text=situation.get("opening") or "")
    state, outcome = _turn(flow, None, start, situation)
    outcomes = [outcome]
    for number, entry in enumerate(entries, 1):
        situation = entry.get("situation") or situation
        event = event_of(flow, state, entry, number)
        if event is None:
            outcomes.append(_outcome(state, (), [], []))
            continue
        state, outcome = _turn(flow, state, event, situation)
        outcomes.append(outcome)
    return Run(tuple(outcomes), state)


def event_of(flow: Flow, state: State, entry: Mapping[str, Any], number: int = 0) -> Event | None:
    """What an entry is to the engine; None for one that only changes the situation.

    :param number: makes the handle of a medium differ from those of other entries
    """
    kind, text = entry.get("kind") or "text", entry.get("text") or ""
    if kind == "situation":
        return None
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
    """The first difference between a run that was kept and one of today, None without any.

    :param strictness: ``texts`` compares every word, option, file, action and step; ``steps``
        only the way through the steps and how it ends, so that texts may be polished
    """
    names = ("said", "path", "actions", "over") if strictness == TEXTS else ("path", "over")
    for number, wanted in enumerate(expected):
        if number >= len(got):
            return Deviation(number, "missing", wanted, None)
        for name in names:
            if wanted.get(name) != got[number].get(name):
                return Deviation(number, name, wanted.get(name), got[number].get(name))
    return None


def _turn(
    flow: Flow, state: State | None, event: Event, situation: Mapping[str, Any]
) -> tuple[State, dict[str, Any]]:
    """One event, and the results of the actions that it leads to."""
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
    """What the situation says that an action gives; one it does not know just succeeds."""
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
    """What came of a turn, as JSON."""
    outcome: dict[str, Any] = {
        "said": [],
        "path": path,
        "actions": actions,
        "collected": [],
        "over": None,
        "wait": 0,
        "step": state.step,
    }
    for effect in effects:
        if isinstance(effect, Say | Ask):
            outcome["said"].append(_said(effect))
        elif isinstance(effect, Wait):
            outcome["wait"] = effect.seconds
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
    """A message of the robot; files go by their name, for a copy has another id."""
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
