# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Options tapped in an older message: another page, question, or conversation.

If it still exists and nothing is lost, it is accepted. If later answers would be lost, the citizen
is asked. If it no longer exists, the citizen gets a friendly text and the current question.
"""

from __future__ import annotations

from . import asking, choices, guesses, jumps, pages, steps
from .steps import FlowStep
from .turn import Turn


def take(turn: Turn, step: FlowStep, option_id: str) -> None:
    """Handle an option that the current question does not offer."""
    state = turn.state
    page = None if state.mode else pages.tapped(step, option_id)
    records = step.kind == steps.QUESTION and step.answer == "choice" and not state.mode
    if page is not None and step.kind == steps.MENU:
        asking.turn_page(turn, step, page)
    elif page is not None and records:
        choices.fetch(turn, step, offset=page * pages.page_size(step))
    elif records and option_id.startswith(f"{step.key}:"):
        choices.fetch(turn, step, record=option_id.removeprefix(f"{step.key}:"))
    elif option_id not in turn.flow.options or state.mode or not state.menu_seen:
        asking.prompt(turn, step, turn.text("stale_option"), whole=True)
    elif _loses_nothing(turn, option_id):
        jumps.to_target(turn, option_id)
    elif records:
        # the records on offer would have to be fetched again after "Continuar aqui"
        asking.prompt(turn, step, turn.text("stale_option"), whole=True)
    else:
        guesses.offer_change(turn, step, option_id)


def _loses_nothing(turn: Turn, option_id: str) -> bool:
    """Return whether only menus were answered since the option's menu."""
    state, flow = turn.state, turn.flow
    if state.pending is not None or state.return_to:
        return False
    menu = flow.options[option_id][0]
    first = next((key for key in (flow.main_menu, menu) if key in state.history), None)
    if first is None:
        return True
    since = state.history[max(state.history.index(first), state.floor) :]
    return all(flow.steps[key].kind == steps.MENU for key in since)
