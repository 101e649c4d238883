# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every way through a flow, by its definition alone (not the tested engine)."""

from dataclasses import dataclass, field
from itertools import pairwise

LAST_KINDS = ("hand_over", "end")


@dataclass
class Walk:
    """One citizen's answers after the first word, and the step to which each leads.

    :ivar answers: values for :meth:`Walker.message`
    :ivar expected: keys of steps, one more than answers: the first is where the flow begins
    """

    answers: list = field(default_factory=list)
    expected: list = field(default_factory=list)

    def then(self, answer, key):
        """Return a longer walk."""
        return Walk([*self.answers, answer], [*self.expected, key])


class Walker:
    """Find the ways through a flow of messages, menus, questions, confirmations."""

    def __init__(self, definition):
        self.steps = {step["key"]: step for step in definition["steps"]}
        keys = list(self.steps)
        self.below = dict(pairwise(keys))
        self.main = definition["main_menu"]
        self.first = self.settle(keys[0])
        self._turn = 0

    def settle(self, key):
        """Return the step at which the bot stops when it enters this one."""
        while self.steps[key]["kind"] == "message":
            key = self.after(key)
        return key

    def after(self, key):
        """Return the step that follows when a step names none."""
        return self.steps[key].get("goto") or self.below[key]

    def target(self, key, option):
        """Return the step to which an option leads."""
        return self.settle(option["goto"] or self.after(key))

    def ways(self):
        """Return each way from the beginning to an end, an agent or a menu seen before."""
        return self._from(self.first, Walk(expected=[self.first]))

    def _from(self, key, walk):
        step = self.steps[key]
        if step["kind"] in LAST_KINDS or key in walk.expected[:-1]:
            return [walk]
        found = []
        for answer, target in self._answers(step):
            found += self._from(target, walk.then(answer, target))
        return found

    def _answers(self, step):
        key = step["key"]
        if step["kind"] == "menu":
            return [
                (self._say(step, place), self.target(key, option))
                for place, option in enumerate(step["options"])
            ]
        if step["kind"] == "confirm":
            ways = [("Confirmar", self.settle(self.after(key)))]
            if step.get("on_cancel"):
                ways.append(("Cancelar", self.settle(step["on_cancel"])))
            return ways
        return [("Rua da Bahia, 1000, centro", self.settle(self.after(key)))]

    def _say(self, step, place):
        """Return an option as a citizen might name it: number, title, tap or one of its words."""
        self._turn += 1
        option = step["options"][place]
        words = [word for word in option["keywords"] if self._is_only(step, word)]
        tap = {"id": f"{step['key']}:{option['id']}", "title": option["title"]}
        kinds = [str(place + 1), option["title"].upper(), tap, *words[:1]]
        return kinds[self._turn % len(kinds)]

    def _is_only(self, step, word):
        return sum(word in option["keywords"] for option in step["options"]) == 1

    def to_each_menu(self):
        """Return the shortest way to each menu: {key: Walk}."""
        found, todo = {}, [Walk(expected=[self.first])]
        while todo:
            walk = todo.pop(0)
            key = walk.expected[-1]
            if key in found or self.steps[key]["kind"] in LAST_KINDS:
                continue
            if self.steps[key]["kind"] == "menu":
                found[key] = walk
            for answer, target in self._answers(self.steps[key]):
                todo.append(walk.then(answer, target))
        return found
