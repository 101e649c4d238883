# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The text and options of the current question, in each of its modes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import inputs, matching, memory_offers, names, steps, texts
from .effects import Choice
from .steps import FlowStep
from .turn import Turn

#: Modes of a step: is the answer right? what should be corrected? is one of these meant?
ECHO = "echo"
CHANGE = "change"
GUESS = "guess"
#: does a word inside the answer mean to leave?
LEAVE = "leave"
#: Options in one list (Cloud API)
PAGE_SIZE = 10
#: Longer values are truncated in the summary of a confirmation
_MAX_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Offer:
    """An option on offer: its title, internal code, and other words for it."""

    choice: Choice
    code: str
    words: tuple[str, ...]
    #: what may be typed for it, 0 for none
    number: int = 0
    #: True if a yes means this option, False if a no does (see ``yes_no`` of the core)
    sense: bool | None = None
    #: the page that it leads to, for "Mais opções" and "Opções anteriores"
    page: int | None = None


def bounds(count: int, page: int) -> tuple[int, int, int]:
    """Return a page's bounds (from 0) in ``count`` options, and the number of pages."""
    if count <= PAGE_SIZE:
        return 0, count, 1
    starts = [0]
    while count - starts[-1] > PAGE_SIZE - 1:
        starts.append(starts[-1] + (PAGE_SIZE - 1 if len(starts) == 1 else PAGE_SIZE - 2))
    page = min(max(page, 0), len(starts) - 1)
    end = starts[page + 1] if page + 1 < len(starts) else count
    return starts[page], end, len(starts)


def text(turn: Turn, step: FlowStep) -> str:
    """Return the text of the question."""
    state = turn.state
    if (remembered := memory_offers.question(turn, step)) is not None:
        return remembered
    if state.mode == ECHO:
        name = "name_ask" if names.asked(step) and step.echo != "confirm" else "echo_ask"
        return turn.text(name, {"resposta": inputs.show(state.pending, step.answer)})
    if state.mode == CHANGE:
        return turn.text("change_ask")
    if state.mode == LEAVE:
        return _leave_words(turn).get("ask") or turn.text(f"leave_{_leaving(turn)}_ask")
    if state.mode == GUESS:
        return str(state.offers.get("text", ""))
    if step.kind == steps.CONFIRM:
        summary = "\n".join(_summary(turn, step))
        if "resumo" in step.text.names:
            return turn.render(step.text, {"resumo": summary})
        return f"{turn.render(step.text)}\n\n{summary}" if summary else turn.render(step.text)
    if isinstance(state.pending, list):
        return turn.text("media_more")
    return turn.render(step.text)


def hint(turn: Turn, step: FlowStep) -> str:
    """Return the navigation hint below a menu and the page, except the first question."""
    if step.kind != steps.MENU:
        return ""
    state, words = turn.state, turn.flow.navigation.words
    usual = "0" in words["menu"] and "#" in words["back"]
    parts = []
    if usual and state.menu_seen and state.history:
        parts.append(turn.text("menu_hint"))
    if not turn.state.mode:
        _start, _end, pages = bounds(len(step.options), turn.state.page)
        if pages > 1:
            names = {"pagina": str(min(turn.state.page, pages - 1) + 1), "paginas": str(pages)}
            parts.append(turn.text("page", names))
    return " · ".join(parts)


def offered(turn: Turn, step: FlowStep) -> list[Offer]:
    """Return the options of the present question, none for a plain one."""
    mode = turn.state.mode
    if (remembered := memory_offers.lines(turn, step)) is not None:
        return [_offer(turn, step, *line) for line in remembered]
    if mode == ECHO:
        return [
            _offer(turn, step, "yes", "echo_yes", number=1, sense=True),
            _offer(turn, step, "no", "echo_no", number=2, sense=False),
        ]
    if mode == LEAVE:
        return _leave_offers(turn, step)
    if mode == CHANGE:
        return [
            Offer(
                Choice(f"{step.key}:fix_{fix.key}", fix.label),
                f"fix_{fix.key}",
                (matching.normalise(fix.label),),
                number,
            )
            for number, fix in enumerate(fixable(turn, step), 1)
        ]
    if mode == GUESS:
        return _guess_offers(turn, step)
    if step.kind == steps.MENU:
        return _menu_offers(turn, step)
    if step.kind == steps.CONFIRM:
        return _confirm_offers(turn, step)
    return _question_offers(turn, step)


def fixable(turn: Turn, step: FlowStep) -> list[FlowStep]:
    """Return the steps whose answers a confirmation shows and lets people correct."""
    names = _shown_names(turn, step)
    found: dict[str, FlowStep] = {}
    history = set(turn.state.history)
    for other in turn.flow.labelled:
        name = other.variable
        if name not in names:
            continue
        # of several steps for the same value, the one that was answered
        if name not in found or (other.key in history and found[name].key not in history):
            found[name] = other
    return [found[name] for name in names if name in found]


def _leaving(turn: Turn) -> str:
    kept = turn.state.offers.get(LEAVE)
    return "agent" if isinstance(kept, dict) and kept.get("name") == "agent" else "exit"


def _leave_words(turn: Turn) -> dict:
    """Return the text asking whether leaving is meant, in a language that the flow lacks."""
    kept = turn.state.offers.get(LEAVE)
    return kept if isinstance(kept, dict) else {}


def _leave_offers(turn: Turn, step: FlowStep) -> list[Offer]:
    name, words = _leaving(turn), _leave_words(turn)
    yes = _offer(turn, step, "leave_yes", f"leave_{name}_yes", number=1, sense=True)
    no = _offer(turn, step, "leave_no", "leave_no", number=2, sense=False)
    return [_called(yes, words.get("yes")), _called(no, words.get("no"))]


def _called(offer: Offer, title: object) -> Offer:
    """Return the offer under another title."""
    if not isinstance(title, str) or not title:
        return offer
    return replace(
        offer,
        choice=replace(offer.choice, title=title),
        words=(matching.normalise(title), *offer.words),
    )


def _menu_offers(turn: Turn, step: FlowStep) -> list[Offer]:
    """Return the options of a menu; kept with the flow where no placeholder is in them."""
    kept = turn.flow.fixed_offers.get(step.key)
    if kept is not None:
        return kept
    found = [_menu_offer(turn, option, number) for number, option in enumerate(step.options, 1)]
    texts_of = [text for option in step.options for text in (option.title, option.description)]
    if not any(text.names for text in texts_of):
        turn.flow.fixed_offers[step.key] = found
    return found


def _menu_offer(turn: Turn, option: steps.FlowOption, number: int) -> Offer:
    title = turn.render(option.title)
    words = option.words if option.title.constant else (matching.normalise(title), *option.words)
    choice = Choice(option.wire_id, title, turn.render(option.description))
    return Offer(choice, option.id, words, number)


def _confirm_offers(turn: Turn, step: FlowStep) -> list[Offer]:
    found = [_offer(turn, step, "yes", "confirm_yes", number=1, sense=True)]
    if step.on_change or fixable(turn, step):
        found.append(_offer(turn, step, "change", "confirm_change", number=2, sense=False))
    if step.on_cancel:
        number = len(found) + 1
        found.append(_offer(turn, step, "cancel", "confirm_cancel", texts.CANCEL_WORDS, number))
    return found


def _question_offers(turn: Turn, step: FlowStep) -> list[Offer]:
    pending = turn.state.pending
    if isinstance(pending, list) and pending:
        if len(pending) < (step.minimum or 1):
            return []
        return [_offer(turn, step, "done", "done", texts.DONE_WORDS)]
    found = []
    if step.answer == "choice":
        found = _record_offers(turn, step)
    elif step.answer == "yes_no":
        found = [
            _offer(turn, step, "y", "yes", number=1, sense=True),
            _offer(turn, step, "n", "no", number=2, sense=False),
        ]
    elif suggested := memory_offers.suggestion(turn, step):
        choice = Choice(f"{step.key}:suggested", suggested)
        found.append(Offer(choice, "suggested", (matching.normalise(suggested),)))
    if not step.required:
        found.append(_offer(turn, step, "skip", "skip", texts.SKIP_WORDS))
    return found


def _record_offers(turn: Turn, step: FlowStep) -> list[Offer]:
    """Return the loaded records of a choice, then the paging options."""
    page = turn.state.offers
    offset = page.get("offset", 0)
    found = []
    for number, item in enumerate(page.get("items", ()), offset + 1):
        choice = Choice(
            f"{step.key}:{item['id']}", item["title"], item["description"], label=str(number)
        )
        words = (matching.normalise(item["title"]),)
        found.append(Offer(choice, f"={number - offset - 1}", words, number))
    return found


def _guess_offers(turn: Turn, step: FlowStep) -> list[Offer]:
    """Return the options that may be meant, and the one to stay."""
    state = turn.state
    found = []
    for number, item in enumerate(state.offers.get("items", ()), 1):
        choice = Choice(item["target"], item["title"], item["description"])
        words = (matching.normalise(item["title"]),)
        found.append(Offer(choice, f"={number - 1}", words, number))
    title = str(state.offers.get("keep", ""))
    words = (matching.normalise(title), *texts.NONE_WORDS)
    return [*found, Offer(Choice(f"{step.key}:keep", title), "keep", words, len(found) + 1)]


def _offer(
    turn: Turn,
    step: FlowStep,
    code: str,
    name: str,
    words: tuple[str, ...] = (),
    number: int = 0,
    sense: bool | None = None,
) -> Offer:
    title = turn.text(name)
    words = (matching.normalise(title), *words)
    return Offer(Choice(f"{step.key}:{code}", title), code, words, number, sense)


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
