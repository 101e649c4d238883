"""No method of a model in two files of an addon."""

from pathlib import Path

import pytest

from devtools import one_place

TALK = """
class Talk(models.Model):
    _name = "core.talk"
    _inherit = ["mail.thread"]

    @property
    def line(self): ...

    @line.setter
    def line(self, value): ...

    def _close(self): ...


class Plain:
    def _close(self): ...
"""
MORE = """
class Talk(models.Model):
    _inherit = "core.talk"

    def {method}(self): ...
"""


@pytest.fixture
def problems(tmp_path: Path):
    """Return the problems of an addon `core` with some files."""

    def found(still_open: tuple[str, ...] = (), **files: str) -> list[str]:
        for name, text in {"models__talk": TALK, **files}.items():
            path = tmp_path / "addons" / "core" / f"{name.replace('__', '/')}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        listed = frozenset(("core", "core.talk", method) for method in still_open)
        return one_place.problems_of(("core",), tmp_path, listed)

    return found


def test_a_second_file_with_methods_of_its_own(problems) -> None:
    assert problems(models__talk_end=MORE.format(method="_end")) == []


def test_the_same_method_in_a_second_file(problems) -> None:
    """In whatever folder it is."""
    twice = "core: core.talk._close is defined in models/talk.py:12 and {}:5"
    assert problems(wizards__end=MORE.format(method="_close")) == [twice.format("wizards/end.py")]


def test_the_same_method_in_two_classes_of_a_file(problems) -> None:
    assert problems(models__talk=TALK + MORE.format(method="_close")) == [
        "core: core.talk._close is defined in models/talk.py:12 and models/talk.py:21"
    ]


def test_test_models_and_other_models_may(problems) -> None:
    other = MORE.format(method="_close").replace("core.talk", "core.call")
    assert problems(tests__common=MORE.format(method="_close"), models__call=other) == []


def test_the_list_of_what_is_still_open_gets_shorter_only(problems) -> None:
    again = {"models__end": MORE.format(method="_close")}
    assert problems(("_close",), **again) == []
    assert problems(("_close", "_end"), **again) == [
        "core: core.talk._end is in one place now; take it off devtools/one_place.py's list"
    ]


def test_our_addons() -> None:
    assert one_place.problems_of(one_place.own_addons()) == []
