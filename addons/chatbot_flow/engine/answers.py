"""Questions, menus and confirmations: how they are put and how an answer is taken.

What the citizen may always type: "0" for the main menu (once it was reached) and "#" or "voltar"
for the question before. An option that is called so wins; in a question for a number "0" is a
number.
"""

from __future__ import annotations

from typing import Any

from . import inputs, matching, offers, steps
from . import state as states
from .cut_through import walk
from .effects import Ask
from .events import Answer
from .inputs import Wrong
from .offers import CHANGE, ECHO
from .steps import MAX_MEDIA, FlowStep
from .turn import Turn

#: Kinds of messages that are no answer at all
SILENT_KINDS = frozenset({"reaction", "system"})
_TYPED = frozenset({"text", "option"})


def ask(turn: Turn, step: FlowStep) -> str:
    """Enters a step that waits for the citizen."""
    turn.state.status = states.INPUT
    if step.key == turn.flow.main_menu:
        turn.state.menu_seen = True
    prompt(turn, step)
    return ""


def prompt(turn: Turn, step: FlowStep, error: str = "") -> None:
    """Puts the present question, in the present mode, after ``error`` if there is one."""
    text = offers.text(turn, step)
    if error:
        alone = step.kind == steps.QUESTION and not turn.state.mode
        text = error if alone else f"{error}\n\n{text}"
    offered = offers.offered(turn, step)
    turn.effects.append(
        Ask(
            text,
            tuple([offer.choice for offer in offered]),
            (step.list_button or turn.text("list_button")) if offered else "",
            step.kind,
            offers.hint(turn, step),
            () if error or turn.state.mode else step.media,
        )
    )


def handle(turn: Turn, answer: Answer) -> None:
    """Takes an answer (clean, see ``inputs.clean_answer``) to the present question."""
    state = turn.state
    step = turn.flow.steps.get(state.step)
    if step is None or step.kind not in steps.INPUT_KINDS:
        turn.give_up("missing_step")
        return
    if answer.kind in SILENT_KINDS or _late_media(turn, step, answer):
        return
    offered = offers.offered(turn, step)
    typed = matching.normalise(answer.text) if answer.kind in _TYPED else ""
    chosen = _by_id(offered, answer.option_id)
    if chosen is None and ":" in answer.option_id:
        prompt(turn, step, turn.text("stale_option"))
        return
    listed = step.kind != steps.QUESTION or bool(state.mode)
    if chosen is None and typed:
        chosen = matching.exact([offer.words for offer in offered], typed)
        if chosen is None and listed:
            number = matching.number(typed)
            chosen = number - 1 if number and number <= len(offered) else None
        if chosen is None and _command(turn, step, typed):
            return
    if chosen is not None:
        _choose(turn, step, offered[chosen].code)
    elif not listed:
        _answer_question(turn, step, answer)
    else:
        _answer_list(turn, step, answer, typed, offered)


def choose_option(turn: Turn, step: FlowStep, code: str) -> None:
    """Takes the option of a menu with this id."""
    option = next(option for option in step.options if option.id == code)
    extra: dict[str, Any] = dict(option.values)
    if step.variable:
        extra[f"{step.variable}_option"] = option.id
    turn.answered(step, turn.render(option.title), option.goto or step.goto, extra)


def _by_id(offered: list[offers.Offer], option_id: str) -> int | None:
    if option_id:
        for position, offer in enumerate(offered):
            if option_id in (offer.choice.id, offer.code):
                return position
    return None


def _command(turn: Turn, step: FlowStep, typed: str) -> bool:
    """Does what "0" and "voltar" ask for; False when the text is no command."""
    words = turn.flow.navigation.words
    if typed in words["back"]:
        _back(turn, step)
        return True
    if typed not in words["menu"] or not turn.flow.main_menu:
        return False
    if step.answer == "number" and step.kind == steps.QUESTION and not turn.state.mode:
        return False
    if turn.state.menu_seen:
        turn.rewind(turn.flow.main_menu)
        turn.state.return_to = ""
        turn.go(turn.flow.main_menu)
    else:
        prompt(turn, step)
    return True


def _back(turn: Turn, step: FlowStep) -> None:
    """Asks the question before this one again."""
    state = turn.state
    if state.mode:
        turn.go(step.key)
    elif state.return_to:
        target, state.return_to = state.return_to, ""
        turn.go(target)
    elif len(state.history) > state.floor:
        key = state.history.pop()
        turn.forget(key)
        turn.go(key)
    else:
        prompt(turn, step, turn.text("back_none"))


def _late_media(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """The other pictures of an album arrive after the first has answered: they belong to it."""
    state = turn.state
    if answer.kind != "media" or len(state.history) <= state.floor:
        return False
    if step.kind == steps.QUESTION and step.answer == "media":
        return False
    asked = turn.flow.steps.get(state.history[-1])
    if asked is None or asked.kind != steps.QUESTION or asked.answer != "media":
        return False
    kept = state.values.get(asked.variable)
    reference = inputs.parse_media(asked, answer)
    if not isinstance(kept, list) or isinstance(reference, Wrong):
        return False
    if len(kept) < (asked.maximum or MAX_MEDIA) and reference not in kept:
        turn.keep(asked, [*kept, reference], {})
    return True


def _choose(turn: Turn, step: FlowStep, code: str) -> None:
    """An option was chosen, of whatever is offered in this step and mode."""
    state = turn.state
    if state.mode == CHANGE:
        state.return_to = step.key
        turn.go(code.removeprefix("fix_"))
    elif step.kind == steps.MENU:
        choose_option(turn, step, code)
    elif step.kind == steps.CONFIRM:
        _choose_confirm(turn, step, code)
    elif code == "yes":
        turn.answered(step, state.pending, step.goto)
    elif code == "no":
        state.mode, state.pending = "", None
        turn.say(turn.text("echo_again"))
        prompt(turn, step)
    elif code == "skip":
        turn.answered(step, None, step.goto)
    else:
        turn.answered(step, state.pending, step.goto)


def _choose_confirm(turn: Turn, step: FlowStep, code: str) -> None:
    state = turn.state
    if code == "yes":
        turn.answered(step, None, step.goto)
    elif code == "cancel":
        turn.go(step.on_cancel)
    elif step.on_change:
        turn.go(step.on_change)
    else:
        fixable = offers.fixable(turn, step)
        if len(fixable) == 1:
            state.return_to = step.key
            turn.go(fixable[0].key)
        else:
            state.mode, state.tries = CHANGE, 0
            prompt(turn, step)


def _answer_list(
    turn: Turn, step: FlowStep, answer: Answer, typed: str, offered: list[offers.Offer]
) -> None:
    """An answer to a list that names none of its options exactly."""
    if typed:
        if step.kind == steps.MENU and walk(turn, step, typed, choose_option):
            return
        position = matching.loose([offer.words for offer in offered], typed)
        if position is not None:
            _choose(turn, step, offered[position].code)
            return
    if turn.state.mode == ECHO and step.answer != "text":
        value = inputs.parse(step, answer)
        if not isinstance(value, Wrong):
            turn.state.pending = value
            prompt(turn, step)
            return
    if step.kind == steps.MENU:
        _wrong(turn, step, turn.text("wrong_menu"))
    else:
        _wrong(turn, step, turn.text("wrong_choice"))


def _answer_question(turn: Turn, step: FlowStep, answer: Answer) -> None:
    state = turn.state
    if step.answer == "media":
        _answer_media(turn, step, answer)
        return
    value = inputs.parse(step, answer)
    if isinstance(value, Wrong):
        _wrong(turn, step, turn.text(value.text, value.names))
    elif step.echo == "confirm":
        state.mode, state.pending, state.tries = ECHO, value, 0
        prompt(turn, step)
    else:
        if step.echo == "say":
            turn.say(turn.text("echo", {"resposta": inputs.show(value, step.answer)}))
        turn.answered(step, value, step.goto)


def _answer_media(turn: Turn, step: FlowStep, answer: Answer) -> None:
    """One medium answers the question, unless more are wanted: then "Pronto" does."""
    state = turn.state
    reference = inputs.parse_media(step, answer)
    if isinstance(reference, Wrong):
        _wrong(turn, step, turn.text(reference.text, reference.names))
        return
    kept = list(state.pending) if isinstance(state.pending, list) else []
    if reference not in kept:
        kept.append(reference)
    if len(kept) >= (step.maximum or step.minimum or 1):
        turn.answered(step, kept, step.goto)
    else:
        state.pending, state.tries = kept, 0
        prompt(turn, step)


def _wrong(turn: Turn, step: FlowStep, error: str) -> None:
    """Says what is expected and asks again, until it was wrong too often."""
    state = turn.state
    state.tries += 1
    if state.tries < step.retries:
        prompt(turn, step, turn.render(step.error_text) or error)
    elif step.on_fail:
        state.return_to = ""
        turn.go(step.on_fail)
    else:
        turn.give_up("retries")
