"""What the present question says and offers, in each of its modes."""

from __future__ import annotations

from dataclasses import dataclass

from . import inputs, matching, steps, texts
from .effects import Choice
from .steps import FlowStep
from .turn import Turn

#: Modes of a step: is the answer right? what shall be corrected?
ECHO = "echo"
CHANGE = "change"
#: Longer values are cut in the summary of a confirmation
_MAX_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Offer:
    """One option on offer: what is shown, what it is called inside, what else names it."""

    choice: Choice
    code: str
    words: tuple[str, ...]


def text(turn: Turn, step: FlowStep) -> str:
    """The words of the question."""
    state = turn.state
    if state.mode == ECHO:
        return turn.text("echo_ask", {"resposta": inputs.show(state.pending, step.answer)})
    if state.mode == CHANGE:
        return turn.text("change_ask")
    if step.kind == steps.CONFIRM:
        summary = "\n".join(_summary(turn, step))
        if "resumo" in step.text.names:
            return turn.render(step.text, {"resumo": summary})
        return f"{turn.render(step.text)}\n\n{summary}" if summary else turn.render(step.text)
    if isinstance(state.pending, list):
        return turn.text("media_more")
    return turn.render(step.text)


def hint(turn: Turn, step: FlowStep) -> str:
    """How to move about, under every menu but the first question."""
    if step.kind == steps.MENU and turn.state.menu_seen and len(turn.state.history):
        return turn.text("menu_hint")
    return ""


def offered(turn: Turn, step: FlowStep) -> list[Offer]:
    """The options of the present question, none for a plain one."""
    mode = turn.state.mode
    if mode == ECHO:
        return [
            _offer(turn, step, "yes", "echo_yes", texts.YES_WORDS),
            _offer(turn, step, "no", "echo_no", texts.NO_WORDS),
        ]
    if mode == CHANGE:
        return [
            Offer(
                Choice(f"{step.key}:fix_{fix.key}", fix.label),
                f"fix_{fix.key}",
                (matching.normalise(fix.label),),
            )
            for fix in fixable(turn, step)
        ]
    if step.kind == steps.MENU:
        return [_menu_offer(turn, option) for option in step.options]
    if step.kind == steps.CONFIRM:
        return _confirm_offers(turn, step)
    return _question_offers(turn, step)


def fixable(turn: Turn, step: FlowStep) -> list[FlowStep]:
    """The steps whose answers a confirmation shows and lets the citizen correct."""
    names = _shown_names(turn, step)
    found: dict[str, FlowStep] = {}
    history = set(turn.state.history)
    for other in turn.flow.steps.values():
        name = other.variable
        if name not in names or not other.label or other.kind not in steps.INPUT_KINDS:
            continue
        # of several steps for one value, the one that was answered
        if name not in found or (other.key in history and found[name].key not in history):
            found[name] = other
    return [found[name] for name in names if name in found]


def _menu_offer(turn: Turn, option: steps.FlowOption) -> Offer:
    title = turn.render(option.title)
    words = option.words if option.title.constant else (matching.normalise(title), *option.words)
    return Offer(Choice(option.wire_id, title, turn.render(option.description)), option.id, words)


def _confirm_offers(turn: Turn, step: FlowStep) -> list[Offer]:
    found = [_offer(turn, step, "yes", "confirm_yes", texts.YES_WORDS)]
    if step.on_change or fixable(turn, step):
        found.append(_offer(turn, step, "change", "confirm_change", texts.NO_WORDS))
    if step.on_cancel:
        found.append(_offer(turn, step, "cancel", "confirm_cancel", texts.CANCEL_WORDS))
    return found


def _question_offers(turn: Turn, step: FlowStep) -> list[Offer]:
    pending = turn.state.pending
    if isinstance(pending, list) and pending:
        if len(pending) < (step.minimum or 1):
            return []
        return [_offer(turn, step, "done", "done", texts.DONE_WORDS)]
    if step.required:
        return []
    return [_offer(turn, step, "skip", "skip", texts.SKIP_WORDS)]


def _offer(turn: Turn, step: FlowStep, code: str, name: str, words: tuple[str, ...]) -> Offer:
    title = turn.text(name)
    return Offer(Choice(f"{step.key}:{code}", title), code, (matching.normalise(title), *words))


def _shown_names(turn: Turn, step: FlowStep) -> list[str]:
    names = step.show or tuple(turn.flow.labels)
    return [name for name in names if turn.shown(name)]


def _summary(turn: Turn, step: FlowStep) -> list[str]:
    lines = []
    for name in _shown_names(turn, step):
        value = turn.shown(name)
        if len(value) > _MAX_SHOWN:
            value = f"{value[: _MAX_SHOWN - 1].rstrip()}…"
        lines.append(f"*{turn.flow.labels.get(name, name)}:* {value}")
    return lines
