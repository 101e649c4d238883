# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Questions, menus and confirmations: entering them and handling answers.

An answer is interpreted in this order: the tapped option, its exact words or number, input valid
everywhere (see ``moving``), a path through the menus below, part of an option's words, words with a
typo. If several options are possible the citizen is asked; there is no guessing.
"""

from __future__ import annotations

from . import (
    asking,
    choices,
    corrections,
    failing,
    first_words,
    guesses,
    inputs,
    jumps,
    known,
    leaving,
    matching,
    media_answers,
    memory,
    memory_offers,
    moving,
    names,
    offers,
    pages,
    small_talk,
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

#: Kinds of messages that are never an answer
SILENT_KINDS = frozenset({"system"})
#: Kinds of questions that take any text
_FREE = frozenset({"text", "name", "location"})
_TYPED = frozenset({"text", "option"})


def ask(turn: Turn, step: FlowStep) -> str:
    """Enter a step that waits for the citizen."""
    state = turn.state
    state.status = states.INPUT
    if step.kind == steps.CONFIRM:
        if state.memory.get("anew"):
            memory.put(state, anew="")
    elif (key := known.enter(turn, step)) is not None or (
        key := first_words.enter(turn, step)
    ) is not None:
        return key
    if step.kind == steps.QUESTION and step.answer == "choice":
        choices.fetch(turn, step)
        return ""
    if step.answer == "media" and state.beside and media_answers.at_hand(turn, step):
        return ""
    if step.key == turn.flow.main_menu:
        state.menu_seen = True
        opening, state.opening = state.opening, ""
        if opening and _open(turn, step, opening):
            return ""
    asking.prompt(turn, step)
    return ""


def begin(turn: Turn, text: str, option_id: str) -> None:
    """Keep the citizen's first words until the main menu is reached."""
    if turn.flow.main_menu:
        known = option_id in turn.flow.options
        turn.state.opening = option_id if known else matching.normalise(text)


def handle(turn: Turn, answer: Answer) -> None:
    """Handle an answer (clean, see ``inputs.clean_answer``) to the current question."""
    step = turn.flow.steps.get(turn.state.step)
    if step is None or step.kind not in steps.INPUT_KINDS:
        turn.give_up("missing_step")
        return
    if answer.kind == "reaction":
        _react(turn, step, answer)
        return
    media_answers.beside(turn, step, answer.files)
    if answer.kind in SILENT_KINDS or media_answers.late(turn, step, answer):
        return
    typed = matching.normalise(answer.text) if answer.kind in _TYPED else ""
    if _asked_back(turn, step, answer, typed):
        return
    offered = on_offer(turn, step)
    chosen = by_id(offered, answer.option_id)
    if chosen is None and ":" in answer.option_id:
        stale.take(turn, step, answer.option_id)
        return
    if chosen is None and typed:
        chosen = by_words(offered, typed, answer.text)
        if chosen and chosen.code == "change" and small_talk.gives_up(turn, answer.text):
            # "deixa pra lá" at a confirmation retracts more than one answer
            chosen = None
    if chosen is not None:
        _choose(turn, step, chosen)
    elif _said_beside(turn, step, answer, typed, offered):
        return
    elif turn.state.mode == memory.FIRST and typed:
        first_words.add(turn, step, answer)
    elif _is_listed(turn, step):
        _answer_list(turn, step, answer, typed, offered)
    else:
        _answer_question(turn, step, answer)


def _said_beside(turn: Turn, step: FlowStep, answer: Answer, typed: str, offered: list) -> bool:
    """Obey what is no answer to the question: a wish to go elsewhere, small talk, leaving."""
    if typed and moving.obey(turn, step, typed, answer):
        return True
    near = _findable(offered, typed) if typed and _is_listed(turn, step) else []
    if small_talk.take(turn, step, answer, near):
        return True
    if typed and turn.state.mode == LEAVE:
        leaving.forget(turn)
        handle(turn, answer)
        return True
    return False


def _asked_back(turn: Turn, step: FlowStep, answer: Answer, typed: str) -> bool:
    """Handle the answer to a clarification: what was meant, or whether a name is right."""
    mode = turn.state.mode
    if mode == GUESS:
        return guesses.take(turn, step, answer, typed)
    named = mode in (ECHO, memory.KNOWN) and names.asked(step)
    return bool(named and typed and not answer.option_id and known.named(turn, step, answer))


def _open(turn: Turn, step: FlowStep, opening: str) -> bool:
    """At the main menu, go where the first words point to, or offer what they may mean."""
    if opening in turn.flow.options:
        jumps.to_target(turn, opening)
        return True
    where = jumps.read(turn.flow, opening, loose=True)
    if where and jumps.jump(turn, where):
        return True
    return guesses.suggest(turn, step, opening)


def _is_listed(turn: Turn, step: FlowStep) -> bool:
    """Return whether the current question is answered by choosing."""
    return (
        bool(turn.state.mode) or step.kind != steps.QUESTION or step.answer in ("choice", "yes_no")
    )


def on_offer(turn: Turn, step: FlowStep) -> list[Offer]:
    """Return the options of the current question, with its paging options."""
    offered = offers.offered(turn, step)
    ways = pages.ways(turn, step)
    return [*offered, *ways] if ways else offered


def by_id(offered: list[Offer], option_id: str) -> Offer | None:
    """Return the option with this id, in its wire form or the step's own."""
    if not option_id:
        return None
    return next((item for item in offered if option_id in (item.choice.id, item.code)), None)


def by_words(offered: list[Offer], typed: str, text: str) -> Offer | None:
    """Return the option with this title or number, or the yes or no that is meant.

    :param typed: the text, normalised
    :param text: the original text
    """
    words = [item.words for item in offered]
    position = matching.exact(words, typed)
    if position is not None:
        return offered[position]
    if number := matching.number(typed):
        return next((item for item in offered if item.number == number), None)
    if any(item.sense is not None for item in offered):
        meant = yes_no.read(text)
        if meant is None:
            meant = corrections.read(text)
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
    """Handle a reaction to the question that means an option (👍, 👎, 2️⃣); ignore others."""
    if turn.state.mode == GUESS:
        guesses.take(turn, step, answer, matching.normalise(answer.text), sure=True)
        return
    offered = offers.offered(turn, step)
    chosen = by_words(offered, matching.normalise(answer.text), answer.text)
    if chosen is not None and chosen.code != "skip":
        _choose(turn, step, chosen)


def _choose(turn: Turn, step: FlowStep, chosen: Offer) -> None:
    """Handle the choice of an option offered in this step and mode."""
    state, code = turn.state, chosen.code
    if chosen.page is not None:
        _turn_page(turn, step, chosen.page)
    elif state.mode == LEAVE:
        if kept := leaving.settle(turn, step, code == "leave_yes"):
            handle(turn, kept)
    elif state.mode == memory.KNOWN:
        known.choose(turn, step, code)
    elif state.mode == memory.FIRST:
        first_words.choose(turn, step, code)
    elif code == "suggested":
        asking.settle(turn, step, memory_offers.suggestion(turn, step))
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
        # a value being corrected is asked for, known or not
        memory.put(state, anew=memory.ALL)
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
    """Handle an answer to a list that matches none of its options exactly."""
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
        if small_talk.take(turn, step, answer, [], typos=True):
            return
    if not typed and failing.odd(turn, step, answer, listed=True):
        return
    failing.wrong(turn, step, turn.text("wrong_menu" if menu else "wrong_choice"))


def _findable(offered: list[Offer], typed: str) -> list[tuple[str, ...]]:
    """Return each option's words for matching parts of a text, or typos.

    Yes and no are never searched for inside a text: "isso não está correto" is not "correto".
    """
    whole = " " in typed
    return [() if whole and item.sense is not None else item.words for item in offered]


def _by_way(turn: Turn, step: FlowStep, typed: str) -> bool:
    """At a menu, take a path through the menus below, otherwise one from the main menu."""
    if walk(turn, step, typed, asking.choose_option):
        return True
    where = jumps.read(turn.flow, typed, loose=True) if step.cut_through else None
    return where is not None and turn.state.menu_seen and jumps.jump(turn, where)


def _meant(turn: Turn, step: FlowStep, near: list[Offer], typed: str) -> bool:
    """At a menu, ask which option is meant if some are close here or in the whole flow."""
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
    """Handle a typed answer to a question with options: another record, or the value itself."""
    state = turn.state
    if step.answer == "choice" and not state.mode:
        number = matching.number(typed)
        if not (number and choices.by_number(turn, step, number)):
            choices.fetch(turn, step, search=typed)
        return True
    if state.mode == memory.KNOWN:
        return known.retell(turn, step, answer)
    name = names.asked(step)
    if (step.answer == "text" and not name) or state.mode not in ("", ECHO):
        return False
    found = inputs.interpret(step, answer, **turn.here())
    if isinstance(found, Wrong):
        if not state.mode and not _leaves(turn, step, answer, typed):
            failing.wrong(turn, step, turn.text(found.text, found.names))
        return not state.mode or state.mode == LEAVE
    if state.mode == ECHO and name:
        # the second time the name is accepted as it is
        state.mode = ""
        asking.accept(turn, step, found.value, found.doubt)
    elif state.mode == ECHO:
        state.pending = found.value
        asking.prompt(turn, step)
    else:
        asking.accept(turn, step, found.value, found.doubt)
    return True


def _leaves(turn: Turn, step: FlowStep, answer: Answer, typed: str, wish: bool = False) -> bool:
    """Ask for confirmation if the text contains a word that leaves the bot; False if not."""
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
    first_words.keep_media(turn, answer)
    found = inputs.interpret(step, answer, **turn.here())
    if (step.answer in _FREE or isinstance(found, Wrong)) and _leaves(turn, step, answer, typed):
        return
    if not isinstance(found, Wrong):
        asking.accept(turn, step, found.value, found.doubt)
    elif typed and small_talk.take(turn, step, answer, [], typos=True):
        return
    elif answer.kind in _TYPED or not failing.odd(turn, step, answer, listed=False):
        _wrong(turn, step, answer, found)


def _wrong(turn: Turn, step: FlowStep, answer: Answer, found: Wrong) -> None:
    """Handle a wrong answer; a problem described instead of a name is acknowledged."""
    words = turn.text(found.text, found.names)
    if not names.asked(step) or not first_words.keep_text(turn, answer):
        failing.wrong(turn, step, words)
    elif failing.count(turn, step):
        words = turn.render(step.error_text) or words
        asking.prompt(turn, step, f"{turn.text('first_later')}\n\n{words}")
