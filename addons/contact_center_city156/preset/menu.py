# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The ready flow of the menu, with the queues and the skills of a preset."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from .plan import City, Queue, Way

MENU = "menu"
HAND_OVER = "hand_over"
END = "end"
# Rows of a list on WhatsApp.
MAX_OPTIONS = 10


def with_queues(document: Mapping[str, Any], city: City) -> dict[str, Any]:
    """Return a flow's document whose ways to a person lead to the preset's queues.

    A choice that asks for a skill gets a hand-over of its own beside the one that it led to.

    :param document: data of a flow's file, with names of records (docs/developer/flow-format.md)
    :raise ValueError: a step or choice of the preset is not in the document, or a way to a person
        has no queue
    """
    new = deepcopy(dict(document))
    new["name"] = city.flow
    steps = {step["key"]: step for step in new["steps"]}
    _give_queues(steps, city)
    for queue in city.queues:
        for way in queue.ways:
            step = _add_way(new["steps"], steps, way, queue, city.person)
            steps[step["key"]] = step
    for skill in city.skills:
        for menu, option in skill.choices:
            _ask_for_skill(new["steps"], steps, menu, option, skill.name)
    for step in new["steps"]:
        if step["kind"] == END:
            # What the bot finished by itself was information.
            step["disposition"] = city.root
    _expect_queues(new.get("tests") or (), steps)
    return new


def _give_queues(steps: dict[str, Any], city: City) -> None:
    """Give each step that leads to a person its queue."""
    for queue in city.queues:
        for key in queue.steps:
            if steps.get(key, {}).get("kind") != HAND_OVER:
                raise ValueError(f"{key} is no step that leads to a person")
            steps[key]["queue"] = queue.name
    left = [key for key, one in steps.items() if one["kind"] == HAND_OVER and not one.get("queue")]
    if left:
        raise ValueError(f"no queue for {', '.join(left)}")


def _add_way(
    order: list[dict[str, Any]], steps: dict[str, Any], way: Way, queue: Queue, title: str
) -> dict[str, Any]:
    """Return a hand-over behind a new choice of a menu: its last one, before the way back."""
    menu = steps.get(way.menu, {})
    if menu.get("kind") != MENU:
        raise ValueError(f"{way.menu} is no menu")
    options = list(menu["options"])
    if len(options) >= MAX_OPTIONS:
        raise ValueError(f"the menu {way.menu} has no room for another choice")
    step = {
        "key": f"pessoa_{way.menu}",
        "kind": HAND_OVER,
        "title": menu["title"],
        "text": way.text,
        "reason": menu["title"],
        "queue": queue.name,
    }
    place = next(
        (at for at, one in enumerate(options) if steps[one["goto"]]["kind"] == MENU), len(options)
    )
    words = ["atendente", "pessoa"]
    option = {"id": "atendente", "title": title, "keywords": words, "goto": step["key"]}
    menu["options"] = [*options[:place], option, *options[place:]]
    order.append(step)
    return step


def _expect_queues(tests: Sequence[dict[str, Any]], steps: dict[str, Any]) -> None:
    """Let the flow's own tests expect the queues."""
    for test in tests:
        for turn in (test.get("begins") or {}, *(test.get("talk") or ())):
            over, path = turn.get("over") or {}, turn.get("path")
            if over.get("kind") == "handed_over" and path:
                over["queue"] = steps[path[-1]]["queue"]


def _ask_for_skill(
    order: list[dict[str, Any]], steps: dict[str, Any], menu: str, option: str, skill: str
) -> None:
    """Let a choice lead to a hand-over of its own that asks for a skill."""
    found = [one for one in steps.get(menu, {}).get("options", ()) if one["id"] == option]
    if not found or steps.get(found[0].get("goto"), {}).get("kind") != HAND_OVER:
        raise ValueError(f"the choice {option} of {menu} does not lead to a person")
    usual = steps[found[0]["goto"]]
    own = {**usual, "key": f"{usual['key']}_{option}", "skill": skill}
    own["title"] = own["reason"] = f"{usual['title']}: {found[0]['title'].lower()}"
    found[0]["goto"] = own["key"]
    steps[own["key"]] = own
    order.insert(order.index(usual) + 1, own)
