"""Questions, menus and confirmations: how they are entered and how an answer is taken.

An answer is read in this order: the tapped option, its exact words or number, what may be typed
everywhere (see ``moving``), a way through menus below, a part of its words, words with a typo. What
may mean several options is asked, not guessed.
"""

from __future__ import annotations

from . import (
    asking,
    choices,
    failing,
    guesses,
    inputs,
    jumps,
    leaving,
    matching,
    media_answers,
    moving,
    offers,
    pages,
    stale,
    steps,
)
from . import state as states
from .cut_through import walk
from .events import Answer
from .inputs import Wrong
from .offers import CHANGE, ECHO, GUESS, LEAVE, Offer
from .shared import yes_no
from .steps import FlowStep
from .turn import Turn

#: Kinds of messages that are no answer at all
SILENT_KINDS = frozenset({"system"})
#: Kinds of questions that take any text
_FREE = frozenset({"text", "location"})
_TYPED = frozenset({"text", "option"})


def ask(turn: Turn, step: FlowStep) -> str:
    """Enters a step that waits for the citizen."""
    state = turn.state
    state.status = states.INPUT
    if step.kind == steps.QUESTION and step.answer == "choice":
        choices.fetch(turn, step)
        return ""
    if step.key == turn.flow.main_menu:
        state.menu_seen = True
        opening, state.opening = state.opening, ""
        if opening and _open(turn, step, opening):
            return ""
    asking.prompt(turn, step)
    return ""


def begin(turn: Turn, text: str, option_id: str) -> None:
    """Keeps what the citizen began with until the main menu is reached."""
    if turn.flow.main_menu:
        known = option_id in turn.flow.options
        turn.state.opening = option_id if known else matching.normalise(text)


def handle(turn: Turn, answer: Answer) -> None:
    """Takes an answer (clean, see ``inputs.clean_answer``) to the present question."""
    state = turn.state
    step = turn.flow.steps.get(state.step)
    if step is None or step.kind not in steps.INPUT_KINDS:
        turn.give_up("missing_step")
        return
    if answer.kind == "reaction":
        _react(turn, step, answer)
        return
    if answer.kind in SILENT_KINDS or media_answers.late(turn, step, answer):
        return
    typed = matching.normalise(answer.text) if answer.kind in _TYPED else ""
    if state.mode == GUESS and guesses.take(turn, step, answer, typed):
        return
    offered = offers.offered(turn, step)
    if ways := pages.ways(turn, step):
        offered = [*offered, *ways]
    chosen = _by_id(offered, answer.option_id)
    if chosen is None and ":" in answer.option_id:
        stale.take(turn, step, answer.option_id)
        return
    if chosen is None and typed:
        chosen = _by_words(offered, typed, answer.text)
        if chosen is None and moving.obey(turn, step, typed, answer):
            return
        if chosen is None and state.mode == LEAVE:
            leaving.forget(turn)
            handle(turn, answer)
            return
    if chosen is not None:
        _choose(turn, step, chosen)
    elif _is_listed(turn, step):
        _answer_list(turn, step, answer, typed, offered)
    else:
        _answer_question(turn, step, answer)


def _open(turn: Turn, step: FlowStep, opening: str) -> bool:
    """At the main menu: goes where the first words name a place, or offers what they may mean."""
    if opening in turn.flow.options:
        jumps.to_target(turn, opening)
        return True
    where = jumps.read(turn.flow, opening, loose=True)
    if where and jumps.jump(turn, where):
        return True
    return guesses.suggest(turn, step, opening)


def _is_listed(turn: Turn, step: FlowStep) -> bool:
    """Whether the present question is answered by choosing."""
    return (
        bool(turn.state.mode) or step.kind != steps.QUESTION or step.answer in ("choice", "yes_no")
    )


def _by_id(offered: list[Offer], option_id: str) -> Offer | None:
    if not option_id:
        return None
    return next((item for item in offered if option_id in (item.choice.id, item.code)), None)


def _by_words(offered: list[Offer], typed: str, text: str) -> Offer | None:
    """The option that is called exactly so, has this number, or is the yes or no that it says.

    :param typed: the text, normalised
    :param text: as it was written
    """
    words = [item.words for item in offered]
    position = matching.exact(words, typed)
    if position is not None:
        return offered[position]
    if number := matching.number(typed):
        return next((item for item in offered if item.number == number), None)
    if any(item.sense is not None for item in offered):
        meant = yes_no.read(text)
        if meant is not None:
            return next((item for item in offered if item.sense is meant), None)
    # "Só isso, obrigada!", "2, por favor"; "#iptu" is a direct code, not the word "iptu"
    bare = yes_no.without_courtesy(text)
    if bare == typed or not typed[:1].isalnum():
        return None
    position = matching.exact(words, bare)
    if position is not None:
        return offered[position]
    number = matching.number(bare)
    return next((item for item in offered if item.number == number), None) if number else None


def _react(turn: Turn, step: FlowStep, answer: Answer) -> None:
    """Takes a reaction to the question that names an option (👍, 👎, 2️⃣); others are no answer."""
    if turn.state.mode == GUESS:
        guesses.take(turn, step, answer, matching.normalise(answer.text), sure=True)
        return
    offered = offers.offered(turn, step)
    chosen = _by_words(offered, matching.normalise(answer.text), answer.text)
    if chosen is not None and chosen.code != "skip":
        _choose(turn, step, chosen)


def _choose(turn: Turn, step: FlowStep, chosen: Offer) -> None:
    """An option was chosen, of whatever is offered in this step and mode."""
    state, code = turn.state, chosen.code
    if chosen.page is not None:
        _turn_page(turn, step, chosen.page)
    elif state.mode == LEAVE:
        if kept := leaving.settle(turn, step, code == "leave_yes"):
            handle(turn, kept)
    elif state.mode == CHANGE:
        state.return_to = step.key
        turn.go(code.removeprefix("fix_"))
    elif step.kind == steps.MENU:
        asking.choose_option(turn, step, code)
    elif step.kind == steps.CONFIRM:
        _choose_confirm(turn, step, code)
    elif state.mode == ECHO and code == "no":
        state.mode, state.pending = "", None
        if step.answer == "choice":
            turn.go(step.key)
        else:
            turn.say(turn.text("echo_again"))
            asking.prompt(turn, step)
    elif code == "skip":
        turn.answered(step, None, step.goto)
    elif code in ("y", "n"):
        asking.accept(turn, step, code == "y")
    elif code.startswith("="):
        asking.accept(turn, step, state.offers["items"][int(code[1:])])
    else:
        asking.settle(turn, step, state.pending)


def _turn_page(turn: Turn, step: FlowStep, page: int) -> None:
    if step.kind == steps.MENU:
        asking.turn_page(turn, step, page)
    else:
        choices.fetch(turn, step, offset=page * pages.page_size(step))


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
            asking.prompt(turn, step)


def _answer_list(
    turn: Turn, step: FlowStep, answer: Answer, typed: str, offered: list[Offer]
) -> None:
    """An answer to a list that names none of its options exactly."""
    menu = step.kind == steps.MENU and not turn.state.mode
    if typed:
        if menu and _by_way(turn, step, typed):
            return
        if _leaves(turn, step, answer, typed, wish=True):
            return
        position, near = matching.nearest(_findable(offered, typed), typed)
        if position is not None:
            _choose(turn, step, offered[position])
            return
        if menu and _meant(turn, step, [offered[item] for item in near], typed):
            return
        if step.kind == steps.QUESTION and _read_listed(turn, step, answer, typed):
            return
        if _leaves(turn, step, answer, typed):
            return
    if not typed and failing.odd(turn, step, answer, listed=True):
        return
    failing.wrong(turn, step, turn.text("wrong_menu" if menu else "wrong_choice"))


def _findable(offered: list[Offer], typed: str) -> list[tuple[str, ...]]:
    """The words of each option that a part of a text, or a typo, may mean.

    Yes and no are never looked for inside a text: "isso não está correto" is not "correto".
    """
    whole = " " in typed
    return [() if whole and item.sense is not None else item.words for item in offered]


def _by_way(turn: Turn, step: FlowStep, typed: str) -> bool:
    """At a menu: takes a way through the menus below, else one from the main menu."""
    if walk(turn, step, typed, asking.choose_option):
        return True
    where = jumps.read(turn.flow, typed, loose=True) if step.cut_through else None
    return where is not None and turn.state.menu_seen and jumps.jump(turn, where)


def _meant(turn: Turn, step: FlowStep, near: list[Offer], typed: str) -> bool:
    """At a menu: asks which option is meant, when some are near or the whole flow has one."""
    targets = [item.choice.id for item in near if item.page is None][: guesses.MAX_NEAR]
    text = "guess_ask"
    if not targets and turn.flow.navigation.suggest:
        targets, text = turn.flow.search(typed, guesses.MAX_FAR), "suggest_ask"
    if not targets:
        return False
    if failing.count(turn, step):
        guesses.offer(turn, step, targets, text)
    return True


def _read_listed(turn: Turn, step: FlowStep, answer: Answer, typed: str) -> bool:
    """A typed answer to a question with options: another record, or the value itself."""
    state = turn.state
    if step.answer == "choice" and not state.mode:
        number = matching.number(typed)
        if not (number and choices.by_number(turn, step, number)):
            choices.fetch(turn, step, search=typed)
        return True
    if step.answer == "text" or (state.mode not in ("", ECHO)):
        return False
    found = inputs.interpret(step, answer, **turn.here())
    if isinstance(found, Wrong):
        if not state.mode and not _leaves(turn, step, answer, typed):
            failing.wrong(turn, step, turn.text(found.text, found.names))
        return not state.mode or state.mode == LEAVE
    if state.mode == ECHO:
        state.pending = found.value
        asking.prompt(turn, step)
    else:
        asking.accept(turn, step, found.value, found.doubt)
    return True


def _leaves(turn: Turn, step: FlowStep, answer: Answer, typed: str, wish: bool = False) -> bool:
    """Asks back when the text has a word in it that leaves the robot; False when it has none."""
    name = leaving.inside(turn, typed, wish=wish) if typed else ""
    if name:
        leaving.ask(turn, step, name, answer)
    return bool(name)


def _answer_question(turn: Turn, step: FlowStep, answer: Answer) -> None:
    typed = matching.normalise(answer.text) if answer.kind in _TYPED else ""
    if step.answer == "media":
        if not _leaves(turn, step, answer, typed):
            media_answers.take(turn, step, answer)
        return
    if typed and failing.greeted(turn, step, answer):
        return
    found = inputs.interpret(step, answer, **turn.here())
    if (step.answer in _FREE or isinstance(found, Wrong)) and _leaves(turn, step, answer, typed):
        return
    if not isinstance(found, Wrong):
        asking.accept(turn, step, found.value, found.doubt)
    elif answer.kind in _TYPED or not failing.odd(turn, step, answer, listed=False):
        failing.wrong(turn, step, turn.text(found.text, found.names))
