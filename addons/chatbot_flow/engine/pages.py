# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Menus with more options than a WhatsApp list holds: paged, numbered throughout.

The first page has nine options and "Mais opções", those between eight and both ways to go on.
Options of other pages are understood as well: by their number, their words and a tap on an older
page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import matching, steps
from .effects import Choice
from .offers import Offer, bounds
from .steps import FlowStep
from .turn import Turn

#: Letters for paging on channels that can only list options as text
MORE, BEFORE = "M", "A"
_MORE_WORDS = ("m", "mais", "ver mais", "mais opcoes", "proxima", "proximas", "+")
_BEFORE_WORDS = ("a", "antes", "anterior", "anteriores", "-")


def shown(turn: Turn, step: FlowStep, offered: Sequence[Offer]) -> Sequence[Offer]:
    """Return the options on the current page, with the paging options."""
    found = ways(turn, step)
    if not found:
        return offered
    if step.kind == steps.QUESTION:
        return [*offered, *found]
    start, end, _pages = bounds(len(offered), turn.state.page)
    return [*map(_numbered, offered[start:end]), *found]


def ways(turn: Turn, step: FlowStep) -> list[Offer]:
    """Return "Mais opções" and "Opções anteriores", as needed on the current page."""
    state = turn.state
    if state.mode:
        return []
    if step.kind == steps.MENU:
        page, total = state.page, bounds(len(step.options), state.page)[2]
        page = min(page, total - 1)
        more = page + 1 < total
    elif step.answer == "choice" and step.kind == steps.QUESTION:
        page, more = state.offers.get("offset", 0) // page_size(step), state.offers.get("more")
    else:
        return []
    found = [way(turn, step, "more", page + 1)] if more else []
    if page:
        found.append(way(turn, step, "before", page - 1))
    return found


def page_size(step: FlowStep) -> int:
    """Return how many records a page has: with the ways and "Pular" they fit one list."""
    return step.page_size if step.required else min(step.page_size, steps.MAX_PAGE - 1)


def way(turn: Turn, step: FlowStep, name: str, page: int) -> Offer:
    """Return the option ``name`` (``more`` or ``before``) that leads to a page."""
    label, words = (MORE, _MORE_WORDS) if name == "more" else (BEFORE, _BEFORE_WORDS)
    title = turn.text(name)
    choice = Choice(f"{step.key}:+{page}", title, label=label)
    return Offer(choice, f"+{page}", (matching.normalise(title), *words), page=page)


def tapped(step: FlowStep, option_id: str) -> int | None:
    """Return the page of a tap on "Mais opções" on any page of this step, or None."""
    prefix, mark, number = option_id.partition(":+")
    # no menu has a four-digit number of pages
    return int(number) if mark and prefix == step.key and _is_page(number) else None


def _is_page(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= 4


def _numbered(offer: Offer) -> Offer:
    return replace(offer, choice=replace(offer.choice, label=str(offer.number)))
