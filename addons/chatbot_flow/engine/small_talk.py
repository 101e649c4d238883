# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small talk: messages that are no answers but need a reply, by the flow's table.

It is checked before a step interprets an answer, but after exact matches of options and words. It
never counts as a wrong answer. Where any text is accepted, only phrases that cannot be an answer
count.
"""

from __future__ import annotations

from . import asking, inputs, leaving, manner_foreign, matching, moving, names, steps
from . import manner_words as usual
from .effects import SmallTalk
from .events import Answer
from .manner_matching import Found, key
from .manners import Manner
from .offers import LEAVE
from .shared import survey
from .steps import FlowStep
from .turn import Turn

#: Kinds of questions that take any text
_FREE = frozenset({"text", "name", "location"})
#: Kinds of questions that are answered by choosing, or by a file
_NOT_READ = frozenset({"choice", "yes_no", "media"})


def take(
    turn: Turn,
    step: FlowStep,
    answer: Answer,
    options: list[tuple[str, ...]],
    typos: bool = False,
) -> bool:
    """Answer small talk according to the table; False if the text is not small talk.

    :param options: words of each option on offer: text that may mean one of them is ignored :param
    typos: more lenient: one wrong letter, and names next to thanks, are allowed
    """
    if answer.kind != "text" or not answer.text:
        return False
    found = _find(turn, step, answer.text, typos)
    if found is None:
        return False
    row = turn.flow.manners.rows[found.name]
    if not _counts(turn, step, answer, found, row, typos):
        return False
    if options and matching.loose(options, matching.normalise(answer.text)):
        return False
    turn.effects.append(SmallTalk(row.name, row.title, row.tell, answer.text))
    turn.state.manner = row.name
    turn.state.odd = turn.state.odd or row.name == usual.GREETING
    _do(turn, step, answer, row)
    return True


def begin(turn: Turn, text: str) -> None:
    """Switch to the language of the first words, or say that there is only Portuguese."""
    row = turn.flow.manners.rows.get(usual.FOREIGN)
    found = turn.flow.manners.index.find(text)
    if row is None or not text or (found and found.name != usual.FOREIGN):
        return
    language = _language(text) if found else manner_foreign.detect(text)
    if not language or _speak(turn, language):
        return
    turn.effects.append(SmallTalk(row.name, row.title, row.tell, text))
    turn.say(manner_foreign.OPENINGS[language].format(word=person_word(turn)))


def outside(flow, answer: Answer) -> Manner | None:
    """Return the row of a message that needs no conversation; otherwise None.

    :param flow: a ``flow.Flow``
    """
    manners = flow.manners
    if answer.kind == "media" and answer.media_kind == "sticker":
        return manners.rows.get(usual.SIGNS)
    if answer.kind != "text" or not answer.text:
        return None
    found = manners.index.find(answer.text) or manners.index.find(answer.text, typos=True)
    name = found.name if found else _thanks(manners, answer.text)
    row = manners.rows.get(name) if name else None
    return row if row and not row.opens else None


def reply_outside(flow, row: Manner) -> str:
    """Return a row's reply while no conversation is open, when no values are known."""
    word = person_word_of(flow)
    return row.reply.render(lambda name: word if name == usual.PERSON_WORD else "").strip()


def gives_up(turn: Turn, text: str) -> bool:
    """Return whether a text cancels everything ("deixa pra lá"): more than a no."""
    found = turn.flow.manners.index.find(text)
    return found is not None and found.name == usual.CANCELS


def person_word(turn: Turn) -> str:
    """Return the word that the citizen types to get to a person."""
    return person_word_of(turn.flow)


def person_word_of(flow) -> str:
    """Return the same for a flow."""
    words = flow.navigation.words["agent"]
    if not words or "atendente" in words:
        return "atendente"
    return min(words, key=lambda word: (len(word), word))


def _find(turn: Turn, step: FlowStep, text: str, typos: bool) -> Found | None:
    manners = turn.flow.manners
    found = manners.index.find(text, typos)
    if found is not None or _is_free(turn, step):
        return found
    if typos and (name := _thanks(manners, text)):
        return Found(name)
    if usual.FOREIGN in manners.rows and manner_foreign.detect(text):
        return Found(usual.FOREIGN)
    return None


def _thanks(manners, text: str) -> str:
    """Return whether it is thanks beyond the table's phrases, as in the survey.

    "obrigada, Carlos".
    """
    if usual.THANKS not in manners.rows or not survey.is_thanks(text):
        return ""
    return usual.THANKS if survey.THANKS.intersection(key(text).split()) else ""


def _is_free(turn: Turn, step: FlowStep) -> bool:
    """Return whether the current question accepts any text."""
    return step.kind == steps.QUESTION and step.answer in _FREE and not turn.state.mode


def _counts(
    turn: Turn, step: FlowStep, answer: Answer, found: Found, row: Manner, typos: bool
) -> bool:
    """Return whether it is small talk here, and not an answer."""
    state = turn.state
    if row.state == usual.CANCEL and state.kept:
        # the citizen was already asked about leaving
        return False
    if row.state == usual.SKIP and state.manner == row.name and not _may_skip(turn, step):
        # explained once already; the second time it has to do as an answer
        return False
    if _is_free(turn, step):
        if typos or (state.manner == row.name == usual.GREETING and not names.asked(step)):
            # a second greeting is taken literally
            return False
        return names.asked(step) or (row.free and not found.may_answer)
    if step.kind != steps.QUESTION or state.mode or step.answer in _NOT_READ:
        return True
    return isinstance(inputs.interpret(step, answer, **turn.here()), inputs.Wrong)


def _do(turn: Turn, step: FlowStep, answer: Answer, row: Manner) -> None:
    """Send the row's reply and apply its effect on the conversation."""
    reply = turn.render(row.reply, {usual.PERSON_WORD: person_word(turn)})
    if row.name == usual.FOREIGN and row.state == usual.REPEAT:
        _foreign(turn, step, answer, reply)
    elif row.state == usual.STAY:
        turn.say(reply)
    elif row.state == usual.SKIP:
        _skip(turn, step, reply)
    elif row.state == usual.AGENT:
        turn.say(reply)
        moving.leave(turn, "agent")
    elif row.state == usual.END and reply:
        turn.say(reply)
        turn.end("abandoned")
    elif row.state == usual.END:
        moving.leave(turn, "exit")
    elif row.state == usual.CANCEL:
        _cancel(turn, step, answer)
    else:
        asking.prompt(turn, step, reply, whole=True)


def _may_skip(turn: Turn, step: FlowStep) -> bool:
    return step.kind == steps.QUESTION and not step.required and not turn.state.mode


def _skip(turn: Turn, step: FlowStep, reply: str) -> None:
    """Skip the question if allowed; otherwise explain."""
    if _may_skip(turn, step):
        turn.say(turn.text("skipped"))
        turn.answered(step, None, step.goto)
        return
    chosen = bool(turn.state.mode) or step.kind != steps.QUESTION or step.answer in _NOT_READ
    asking.prompt(turn, step, turn.text("skip_list") if chosen else reply, whole=True)


def _cancel(turn: Turn, step: FlowStep, answer: Answer) -> None:
    """Ask whether leaving is meant; the second time leave."""
    if turn.state.mode == LEAVE:
        leaving.settle(turn, step, leave=True)
        return
    text = answer.text if _is_free(turn, step) else ""
    leaving.ask(turn, step, "exit", Answer(text=text))


def _language(text: str) -> str:
    return manner_foreign.named(text) or manner_foreign.detect(text)


def _speak(turn: Turn, language: str) -> bool:
    """Continue in a language, if the flow has it."""
    if turn.flow.in_language(language) is None:
        return False
    values = turn.state.values
    values["idioma_option" if "idioma_option" in values else "idioma"] = language
    turn.speak()
    return True


def _foreign(turn: Turn, step: FlowStep, answer: Answer, reply: str) -> None:
    """Continue in the citizen's language, or offer a person in it."""
    language = _language(answer.text)
    if language and _speak(turn, language):
        spoken = turn.flow.steps[step.key]
        asking.prompt(turn, spoken, manner_foreign.SWITCHED[language], whole=True)
    elif language:
        leaving.ask(
            turn,
            step,
            "agent",
            Answer(),
            {
                "ask": manner_foreign.REPLIES[language],
                "yes": manner_foreign.YES[language],
                "no": manner_foreign.NO[language],
            },
        )
    else:
        asking.prompt(turn, step, reply, whole=True)
