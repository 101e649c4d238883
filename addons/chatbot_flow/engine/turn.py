"""One turn of a conversation: the state being changed and the effects so far."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from . import state as states
from . import steps
from .compiler import Flow
from .effects import Collect, End, HandOver, Say
from .inputs import show
from .languages import LANGUAGE_NAMES
from .placeholders import AREA, PHONE, TODAY, Template
from .state import State
from .steps import FlowStep

#: Answered steps remembered for going back
MAX_HISTORY = 50


class Turn:
    """What handlers of steps work on. ``enter`` does a step on arrival (see runtime)."""

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
        """A turn that can be tried and thrown away."""
        other = Turn(self.flow, self.state.copy(), self.context, self._enter)
        other.budget = self.budget
        return other

    def adopt(self, other: Turn) -> None:
        """Takes over what a fork did."""
        self.state = other.state
        self.effects += other.effects
        self.entered += other.entered
        self.budget = other.budget

    # values and texts

    def value(self, name: str) -> Any:
        """A value of the flow, else its default, else of the context, else None."""
        values = self.state.values
        if name in values:
            return values[name]
        declared = self.flow.variables.get(name)
        if declared is not None and declared.default is not None:
            return declared.default
        return self.context.get(name)

    def shown(self, name: str) -> str:
        """A value as people read it."""
        return show(self.value(name), self.flow.formats.get(name, "text"))

    def render(self, template: Template, names: Mapping[str, str] | None = None) -> str:
        """A text with its placeholders filled in; ``names`` win over all other values."""
        if template.constant is not None:
            return template.constant
        if not names:
            return template.render(self.shown)
        return template.render(lambda name: names[name] if name in names else self.shown(name))

    def text(self, name: str, names: Mapping[str, str] | None = None) -> str:
        """One of the flow's own texts."""
        return self.render(self.flow.texts[name], names)

    def keep(self, step: FlowStep, value: Any, extra: Mapping[str, Any]) -> None:
        """Writes the answer of a step: what it wrote before goes, what it learned is collected."""
        self.forget(step.key)
        values = self.state.values
        values.update(extra)
        if value is None or not step.variable:
            return
        values[step.variable] = value
        self.collect(step.variable)

    def collect(self, name: str) -> None:
        """Shows a value to the agent, when it has a label."""
        label = self.flow.labels.get(name) or self.flow.agent_labels.get(name)
        if label:
            self.effects.append(Collect(name, label, self.shown(name)))

    def forget(self, key: str) -> None:
        """Drops the values that a step wrote."""
        values = self.state.values
        for name in self.flow.owned.get(key, ()):
            values.pop(name, None)

    def speak(self) -> None:
        """From here on the flow is in the citizen's language, if it has that."""
        for name in LANGUAGE_NAMES:
            spoken = self.flow.in_language(self.value(name))
            if spoken is not None:
                self.flow = spoken
                return

    def today(self) -> datetime.date | None:
        """The day on the citizen's clock, None where the caller does not give it."""
        given = str(self.context.get(TODAY) or "")
        try:
            day, month, year = map(int, given.split("/"))
            return datetime.date(year, month, day)
        except ValueError:
            return None

    def here(self) -> dict[str, Any]:
        """What answers are read with: the day, the area code, the citizen's own telephone."""
        return {
            "today": self.today(),
            "area": str(self.context.get(AREA) or ""),
            "own_phone": str(self.context.get(PHONE) or ""),
        }

    # effects

    def say(self, text: str) -> None:
        """Says a text, if there is one."""
        if text:
            self.effects.append(Say(text))

    def hand_over(
        self, queue: Any = None, reason: str = "", skill: Any = None, priority: int = 0
    ) -> None:
        """Leaves the conversation to people (see :class:`HandOver`)."""
        self.state.status = states.HANDED_OVER
        self.effects.append(HandOver(queue, reason, skill, priority))

    def end(self, outcome: str) -> None:
        """The robot is done."""
        self.state.status = states.ENDED
        self.effects.append(End(outcome))

    def give_up(self, reason: str) -> None:
        """Tells the citizen that a person comes, and leaves."""
        self.say(self.text("give_up"))
        self.hand_over(None, reason)

    # moving about

    def go(self, key: str) -> None:
        """Enters a step and all that follow by themselves."""
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
            key = self._enter(self, step)

    def answered(
        self, step: FlowStep, value: Any, target: str, extra: Mapping[str, Any] | None = None
    ) -> None:
        """Keeps an answer (None: skipped) and goes on, or back to the confirmation.

        :param extra: more values that the answer brings
        """
        state = self.state
        if not state.return_to:
            self.rewind(step.key)
        elif step.kind == steps.MENU:
            self._forget_submenus(step.key)
        self.remember(step.key)
        self.keep(step, value, extra or {})
        if state.return_to:
            following = self.flow.steps.get(target)
            deeper = following is not None and following.kind == steps.MENU
            if not (step.kind == steps.MENU and deeper):
                target, state.return_to = state.return_to, ""
        self.go(target)

    def rewind(self, key: str) -> None:
        """Forgets what was answered since this step, and that it was answered itself."""
        state = self.state
        if key in state.history:
            first = state.history.index(key)
            for later in state.history[first:]:
                self.forget(later)
            del state.history[first:]
            state.floor = min(state.floor, first)

    def _forget_submenus(self, key: str) -> None:
        """A menu is answered anew: the menus answered right below it count no more."""
        history = self.state.history
        if key not in history:
            return
        position = history.index(key) + 1
        while position < len(history) and self.flow.steps[history[position]].kind == steps.MENU:
            self.forget(history.pop(position))
            self.state.floor = min(self.state.floor, len(history))

    def remember(self, key: str) -> None:
        """Notes that a step was answered: last, or in a correction below the menu above it."""
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
