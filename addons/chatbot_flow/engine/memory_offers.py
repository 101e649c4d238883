# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Questions about remembered data, and the options offered below them."""

from __future__ import annotations

from . import inputs, masking, memory, names, steps, texts
from .steps import FlowStep
from .turn import Turn

_MAX_SHOWN = 300
#: An option: code, name of the text, further words, number, sense (see ``offers.Offer``)
Line = tuple[str, str, tuple[str, ...], int, bool | None]


def question(turn: Turn, step: FlowStep) -> str | None:
    """Return the text of a question about remembered data, None if it is not one."""
    mode = turn.state.mode
    if mode == memory.KNOWN:
        name = "known_name_ask" if names.asked(step) else "known_ask"
        return turn.text(name, {"resposta": _masked(turn, step)})
    if mode == memory.FIRST:
        said = " ".join(str(turn.state.pending or "").split())
        shown = said if len(said) <= _MAX_SHOWN else f"{said[: _MAX_SHOWN - 1].rstrip()}…"
        return turn.text("first_ask", {"resposta": shown})
    if not mode and turn.state.offers.get("first") and isinstance(turn.state.pending, list):
        shown = inputs.show(turn.state.pending, "media")
        return turn.text("first_media_more", {"arquivos": shown})
    return None


def lines(turn: Turn, step: FlowStep) -> list[Line] | None:
    """Return the options of such a question, None if it is not one."""
    if turn.state.mode == memory.KNOWN:
        about = "known_name" if names.asked(step) else "known"
        return [("yes", f"{about}_yes", (), 1, True), ("no", f"{about}_no", (), 2, False)]
    if turn.state.mode == memory.FIRST:
        return [
            ("done", "first_done", texts.DONE_WORDS, 1, False),
            ("again", "first_again", (), 2, None),
        ]
    return None


def suggestion(turn: Turn, step: FlowStep) -> str:
    """Return the name offered as a button under the question for it, "" for none."""
    if step.known == steps.ALWAYS or turn.state.return_to or not names.asked(step):
        return ""
    return memory.text(turn.state, "suggested")


def _masked(turn: Turn, step: FlowStep) -> str:
    """Return the known value, masked for display."""
    value = turn.state.pending
    shown = masking.mask(value, step.contact_field)
    return inputs.show(value, step.answer) if shown == str(value) else shown
