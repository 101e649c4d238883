# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Interprets several messages sent in quick succession as one answer.

    first(answers)              # the first words of a conversation
    read(turn, step, answers)   # the answer to the pending question

Greetings and small talk are dropped if there is something of substance. Then the question decides:
a text takes all lines, a menu the line that names an option, a yes or no the last clear word, a
name the line with the name, an e-mail (a date, a CPF ...) the line that holds one, a question of
files all files. Files beside another answer are kept for the next question that takes files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from . import answers, corrections, inputs, jumps, matching, media_answers, names
from .events import Answer
from .inputs import Wrong
from .manners import Manner
from .offers import ECHO, Offer
from .shared import tidying
from .steps import QUESTION, FlowStep
from .texts import DONE_WORDS
from .turn import Turn

_SMALL_TALK = frozenset(
    "obrigado obrigada obg brigado brigada valeu vlw grato grata agradeco licenca moco moca "
    "amigo amiga senhor senhora por favor pfv pf ajuda me ajude ajudem socorro alguem ai tem aqui "
    "ei psiu entao bem assim olha veja".split()
)
_LETTER = re.compile(r"[^\W_]")
#: From this length on a one-word correction is more than a typo
_MOST_TYPOS = 2


def first(given: Sequence[Answer]) -> Answer:
    """Return the citizen's start: all first words, the last option, every file."""
    cleaned = [inputs.clean_answer(answer) for answer in given]
    lines = [answer.text for answer in cleaned if answer.kind != "reaction" and answer.text]
    taps = [answer.option_id for answer in cleaned if answer.option_id]
    return Answer(
        text="\n".join(substance(lines)),
        option_id=taps[-1] if taps else "",
        kind="option" if taps else "text",
        files=tuple(_file(answer) for answer in cleaned if _is_file(answer)),
    )


def read(turn: Turn, step: FlowStep, given: Sequence[Answer]) -> list[Answer]:
    """Return the answer to the current question, or two: a no and the right value.

    :param given: clean answers (``inputs.clean_answer``) in order, at least one
    """
    if len(given) == 1:
        return list(given)
    reader = _Burst(turn, step, given)
    found = reader.answer()
    files = tuple(pair for pair in reader.files if pair[0] != found[0].media_ref)
    return [replace(found[0], files=files), *found[1:]]


def substance(lines: Sequence[str]) -> list[str]:
    """Return the lines with substance, or all of them if there are none."""
    return [line for line in lines if not is_small_talk(line)] or list(lines)


def is_small_talk(text: str) -> bool:
    """Return whether a message adds nothing to others: a greeting, thanks, an emoji.

    >>> is_small_talk("Tudo bem?"), is_small_talk("🙏"), is_small_talk("a luz apagou")
    (True, True, False)
    """
    if not _LETTER.search(text) or names.is_greeting(text):
        return True
    words = re.findall(r"[a-z0-9]+", tidying.fold(text))
    return len(words) < 6 and all(word in _SMALL_TALK for word in words)


def _is_file(answer: Answer) -> bool:
    return answer.kind == "media" and bool(answer.media_ref) and answer.media_kind != "sticker"


def _file(answer: Answer) -> tuple[str, str]:
    return answer.media_ref, answer.media_kind


class _Burst:
    """The messages of one burst, classified, at the pending question."""

    def __init__(self, turn: Turn, step: FlowStep, given: Sequence[Answer]):
        self.turn, self.step, self.given = turn, step, given
        self.files = [_file(answer) for answer in given if _is_file(answer)]
        self.takes_files = step.kind == QUESTION and step.answer == "media" and not turn.state.mode
        captions = () if self.takes_files else ("media",)
        self.said = [
            answer
            for answer in given
            if answer.text and not answer.option_id and answer.kind in ("text", "option", *captions)
        ]
        lines = [answer.text for answer in self.said]
        self.lines = [x for x in lines if not (is_small_talk(x) or self.idle(x))] or lines
        self.offered: list[Offer] = answers.on_offer(turn, step)

    def answer(self) -> list[Answer]:
        """Return the burst's answer."""
        wish = self.wish()
        if wish is not None:
            return [wish]
        if self.takes_files:
            return [self.of_files()]
        if self.turn.state.mode == ECHO and (found := self.corrected()):
            return found
        chosen = self.chosen()
        if chosen is not None:
            return [chosen]
        if not self.lines:
            return [self.given[-1]]
        return [self.of_text()]

    # leaving the question, or choosing

    def row(self, line: str) -> Manner | None:
        """Return the row of the flow's small-talk table that matches a line, or None."""
        manners = self.turn.flow.manners
        found = manners.index.find(line)
        return manners.rows.get(found.name) if found else None

    def idle(self, line: str) -> bool:
        """Return whether the small-talk table considers a line talk that nobody needs to see."""
        row = self.row(line)
        return row is not None and row.state in ("repeat", "stay") and not row.tell

    def wish(self) -> Answer | None:
        """Return the line that asks for a person, or the last one if it moves elsewhere."""
        words = self.turn.flow.navigation.words
        typed = [matching.normalise(line) for line in self.lines]
        for line, plain in zip(self.lines, typed, strict=True):
            asks = plain in words["agent"] or getattr(self.row(line), "state", "") == "agent"
            if asks and self.named(line) is None:
                return Answer(line)
        if not typed or self.named(self.lines[-1]) is not None or self.fits(self.lines[-1]):
            return None
        moves = (*words["exit"], *words["menu"], *words["back"])
        takes_back = getattr(self.row(self.lines[-1]), "state", "") == "cancel"
        if takes_back or typed[-1] in moves or typed[-1].startswith("#"):
            return Answer(self.lines[-1])
        return None

    def named(self, line: str) -> Offer | None:
        """Return the option that a line matches exactly."""
        typed = matching.normalise(line)
        return answers.by_words(self.offered, typed, line) if typed else None

    def chosen(self) -> Answer | None:
        """Return the option that was tapped or named last, or None."""
        doubted = False
        for answer in reversed(self.given):
            item = None
            if answer.option_id:
                item = answers.by_id(self.offered, answer.option_id)
                if item is None and not self.lines:
                    return answer
            elif answer in self.said or answer.kind == "reaction":
                item = self.named(answer.text)
            if item is None:
                doubted = doubted or corrections.doubts(answer.text)
            elif not (item.code == "skip" and self.lines_fit()):
                if doubted and item.sense is not None:
                    # answered, then doubted: ask again
                    return Answer("\n".join(each.text for each in self.said))
                return answer if answer.kind != "media" else Answer(answer.text)
        return self.near() if self.offered and self.step.kind != QUESTION else None

    def near(self) -> Answer | None:
        """At a list, return the line that leads somewhere, if only one does."""
        known = [item.words for item in self.offered]
        found = [
            line
            for line in self.lines
            if (typed := matching.normalise(line))
            and (
                jumps.read(self.turn.flow, typed, loose=True) is not None
                or matching.nearest(known, typed)[0] is not None
            )
        ]
        return Answer(found[0]) if len(found) == 1 else None

    def corrected(self) -> list[Answer]:
        """Return the correction of a value in doubt: "não" and the right one, or just that."""
        others = [line for line in self.lines if self.named(line) is None]
        if not others:
            return []
        plain = replace(self.step, echo="")
        if self.step.answer not in ("text", "choice"):
            good = [line for line in others if _reads(self.turn, plain, line)]
            return [Answer(good[-1])] if good else []
        senses = [item.sense for item in map(self.named, self.lines) if item is not None]
        if not senses or senses[-1] is not False:
            return []
        refused = next(line for line in self.lines if self.named(line) is not None)
        return [Answer(refused), Answer("\n".join(others))]

    # answers

    def of_files(self) -> Answer:
        """At a question for files, return all that it accepts."""
        accepted = [answer for answer in self.given if media_answers.accepts(self.step, answer)]
        done = next((x for x in reversed(self.said) if self._means(x.text, "done")), None)
        tapped = [x for x in self.given if x.option_id]
        if accepted:
            self.files = [_file(answer) for answer in accepted]
            if done is not None:
                return done
            ended = next((x for x in tapped if x.option_id.endswith(":done")), None)
            return ended or replace(accepted[-1], text="")
        if tapped:
            return tapped[-1]
        named = [line for line in self.lines if self.named(line) is not None]
        if named:
            return Answer(named[-1])
        media = [answer for answer in self.given if answer.kind == "media"]
        if media:
            return media[-1]
        return Answer("\n".join(self.lines)) if self.lines else self.given[-1]

    def _means(self, line: str, code: str) -> bool:
        """Return whether a line says that this was all, even before the first file is counted."""
        item = self.named(line)
        if item is not None:
            return item.code == code
        return code == "done" and matching.normalise(line) in DONE_WORDS

    def of_text(self) -> Answer:
        """Return a question that is answered in words."""
        step = self.step
        if step.kind == QUESTION and not self.turn.state.mode:
            if step.answer == "location":
                return self.place()
            if names.asked(step):
                return Answer(self.name())
            if step.answer not in ("text", "choice", "yes_no"):
                return Answer(self.value())
        return Answer("\n".join(self.lines))

    def place(self) -> Answer:
        """Return a location with its words, or the words."""
        pins = [answer for answer in self.given if answer.kind == "location"]
        if not pins:
            return Answer("\n".join(self.lines))
        words = [pins[-1].text, *self.lines] if pins[-1].text else self.lines
        return replace(pins[-1], text="\n".join(words))

    def fits(self, line: str) -> bool:
        """Return whether a single line is what a question with a fixed format asks for."""
        step = self.step
        if step.kind != QUESTION or self.turn.state.mode:
            return False
        if step.answer in ("text", "choice", "yes_no", "media", "location"):
            return False
        return _reads(self.turn, step, line)

    def lines_fit(self) -> bool:
        """Return whether the typed text answers the question, so that "Pular" was not meant."""
        others = [line for line in self.lines if self.named(line) is None]
        said = any(not is_small_talk(line) for line in others)
        if self.step.answer in ("text", "location"):
            return said
        return any(map(self.fits, others))

    def value(self) -> str:
        """Return the line with the requested value; all lines if none has it alone."""
        good = [line for line in self.lines if self.fits(line)]
        if good:
            return good[-1]
        whole = " ".join(self.lines)
        pieces = "".join(line.strip() for line in self.lines)
        return next((text for text in (whole, pieces) if self.fits(text)), "\n".join(self.lines))

    def name(self) -> str:
        """Return the line with the name; first name and surname may be two lines."""
        introduced = [line for line in self.lines if (names.read(line) or line) != line]
        if introduced:
            return introduced[-1]
        likely = [line for line in self.lines if names.judge(line) is not None]
        if not likely:
            return "\n".join(self.lines)
        if len(likely) == 2 and not _corrects(*likely) and all(len(x.split()) < 3 for x in likely):
            return " ".join(likely)
        return likely[-1]


def _reads(turn: Turn, step: FlowStep, text: str) -> bool:
    return not isinstance(inputs.interpret(step, Answer(text), **turn.here()), Wrong)


def _corrects(before: str, after: str) -> bool:
    """Return whether the second line corrects the first ("Carlis", "Carlos")."""
    one, other = matching.normalise(before), matching.normalise(after)
    return matching.distance(one, other) <= _MOST_TYPOS or other.startswith(one)
