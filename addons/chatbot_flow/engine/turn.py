# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One turn of a conversation: the state being changed and the effects so far."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from . import masking, memory, steps
from . import state as states
from .effects import Collect, End, HandOver, Say
from .flow import Flow
from .flow_settings import LANGUAGE_NAMES
from .inputs import show
from .placeholders import AREA, PHONE, TODAY, Template
from .state import State
from .steps import FlowStep

#: Context values about the known person, and those of them that are masked
_PERSONS = frozenset({"nome", "primeiro_nome", "email", "documento", "cidade", "bairro"})
_MASKED = {"email": "email", "documento": "document"}
#: Answered steps remembered for going back
MAX_HISTORY = 50


class Turn:
    """What step handlers work on.

    ``enter`` executes a step on arrival (see runtime).
    """

    __slots__ = ("_enter", "budget", "context", "effects", "entered", "flow", "state")

    def __init__(
        self,
        flow: Flow,
        state: State,
        context: Mapping[str, Any],
        enter: Callable[[Turn, FlowStep], str],
    ):
        self.flow = flow
        self.state = state
        self.context = context
        self.effects: list[Any] = []
        self.entered: list[str] = []
        self.budget = flow.max_steps
        self._enter = enter

    def fork(self) -> Turn:
        """Return a copy that can be tried and discarded."""
        other = Turn(self.flow, self.state.copy(), self.context, self._enter)
        other.budget = self.budget
        return other

    def adopt(self, other: Turn) -> None:
        """Adopt the result of a fork."""
        self.state = other.state
        self.effects += other.effects
        self.entered += other.entered
        self.budget = other.budget

    # values and texts

    def value(self, name: str) -> Any:
        """Return a value of the flow, its default, a context value, or None."""
        values = self.state.values
        if name in values:
            return values[name]
        if name == "primeiro_nome" and values.get("nome"):
            return str(values["nome"]).split(" ")[0]
        if name in _PERSONS and self.state.memory.get("person") == memory.OTHER:
            return None
        declared = self.flow.variables.get(name)
        if declared is not None and declared.default is not None:
            return declared.default
        return self.context.get(name)

    def told(self, name: str) -> str:
        """Return a value as staff and other systems read it."""
        return show(self.value(name), self.flow.formats.get(name, "text"))

    def shown(self, name: str) -> str:
        """Return a value as the citizen reads it: values known from before are masked."""
        state = self.state
        if name not in state.values:
            return masking.mask(self.told(name), _MASKED.get(name, ""))
        field = self.flow.contact_fields.get(name)
        if field and state.memory:
            value = str(state.values[name])
            if value == memory.mapping(state, "known").get(field) and field in masking.MASKED:
                return masking.mask(value, field)
        return self.told(name)

    def fill(self, template: Template) -> str:
        """Return a text for other systems, with its placeholders filled in."""
        return template.render(self.told)

    def render(self, template: Template, names: Mapping[str, str] | None = None) -> str:
        """Return a text with its placeholders filled in; ``names`` win over other values."""
        if template.constant is not None:
            return template.constant
        if not names:
            return template.render(self.shown)
        return template.render(lambda name: names[name] if name in names else self.shown(name))

    def text(self, name: str, names: Mapping[str, str] | None = None) -> str:
        """Return one of the flow's own texts."""
        return self.render(self.flow.texts[name], names)

    def keep(self, step: FlowStep, value: Any, extra: Mapping[str, Any]) -> None:
        """Write the answer of a step: replace its old values and collect the new ones."""
        self.forget(step.key)
        values = self.state.values
        values.update(extra)
        if value is None or not step.variable:
            return
        values[step.variable] = value
        self.collect(step.variable)

    def collect(self, name: str) -> None:
        """Show a value to the agent, if it has a label."""
        label = self.flow.labels.get(name) or self.flow.agent_labels.get(name)
        if label:
            self.effects.append(Collect(name, label, self.told(name)))

    def forget(self, key: str) -> None:
        """Drop the values that a step wrote."""
        values = self.state.values
        for name in self.flow.owned.get(key, ()):
            values.pop(name, None)

    def speak(self) -> None:
        """Switch the flow to the citizen's language, if available."""
        for name in LANGUAGE_NAMES:
            spoken = self.flow.in_language(self.value(name))
            if spoken is not None:
                self.flow = spoken
                return

    def today(self) -> datetime.date | None:
        """Return the date in the citizen's zone, None if the caller does not provide it."""
        given = str(self.context.get(TODAY) or "")
        try:
            day, month, year = map(int, given.split("/"))
            return datetime.date(year, month, day)
        except ValueError:
            return None

    def here(self) -> dict[str, Any]:
        """Return the context for reading answers: date, area code, own telephone."""
        return {
            "today": self.today(),
            "area": str(self.context.get(AREA) or ""),
            "own_phone": str(self.context.get(PHONE) or ""),
        }

    # effects

    def say(self, text: str) -> None:
        """Say a text, if there is one."""
        if text:
            self.effects.append(Say(text))

    def hand_over(
        self, queue: Any = None, reason: str = "", skill: Any = None, priority: int = 0
    ) -> None:
        """Leave the conversation to people (see :class:`HandOver`)."""
        self.state.status = states.HANDED_OVER
        self.effects.append(HandOver(queue, reason, skill, priority))

    def end(self, outcome: str, disposition: Any = None) -> None:
        """End the flow."""
        self.state.status = states.ENDED
        self.effects.append(End(outcome, disposition))

    def give_up(self, reason: str) -> None:
        """Tell the citizen that a person will take over, and leave."""
        self.say(self.text("give_up"))
        self.hand_over(None, reason)

    # moving about

    def go(self, key: str) -> None:
        """Enter a step and all automatic ones that follow."""
        state = self.state
        while key:
            if self.flow.languages:
                self.speak()
            step = self.flow.steps.get(key)
            if step is None or self.budget <= 0:
                self.give_up("missing_step" if step is None else "too_many_steps")
                return
            self.budget -= 1
            self.entered.append(key)
            state.step = key
            state.mode = ""
            state.tries = 0
            state.reminded = False
            state.pending = None
            state.page = 0
            state.offers = {}
            state.odd = False
            state.kept = False
            state.manner = ""
            if state.memory.get("doubted"):
                memory.put(state, doubted=False)
            key = self._enter(self, step)

    def answered(
        self, step: FlowStep, value: Any, target: str, extra: Mapping[str, Any] | None = None
    ) -> None:
        """Store an answer (None: skipped) and continue, or return to the confirmation.

        :param extra: further values of the answer
        """
        state = self.state
        if not state.return_to:
            self.rewind(step.key)
        elif step.kind == steps.MENU:
            self._forget_submenus(step.key)
        self.remember(step.key)
        self.keep(step, value, extra or {})
        if state.memory.get("anew") == step.key:
            memory.put(state, anew="")
        if state.return_to:
            following = self.flow.steps.get(target)
            deeper = following is not None and following.kind == steps.MENU
            if not (step.kind == steps.MENU and deeper):
                target, state.return_to = state.return_to, ""
        self.go(target)

    def rewind(self, key: str) -> None:
        """Discard the answers to this step and all later ones."""
        state = self.state
        if key in state.history:
            first = state.history.index(key)
            for later in state.history[first:]:
                self.forget(later)
            del state.history[first:]
            state.floor = min(state.floor, first)

    def _forget_submenus(self, key: str) -> None:
        """Discard the menus answered right below a menu that is answered again."""
        history = self.state.history
        if key not in history:
            return
        position = history.index(key) + 1
        while position < len(history) and self.flow.steps[history[position]].kind == steps.MENU:
            self.forget(history.pop(position))
            self.state.floor = min(self.state.floor, len(history))

    def remember(self, key: str) -> None:
        """Record that a step was answered: last, or in a correction below its parent menu."""
        state = self.state
        if key in state.history:
            return
        position = len(state.history)
        if state.return_to:
            for menu, _number in self.flow.parents.get(key, ()):
                if menu in state.history:
                    position = state.history.index(menu) + 1
        state.history.insert(position, key)
        if len(state.history) > MAX_HISTORY:
            del state.history[0]
            state.floor = max(0, state.floor - 1)
