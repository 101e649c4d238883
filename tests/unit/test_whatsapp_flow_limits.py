"""Content that WhatsApp shows differently from how a flow's author wrote it."""

import pytest

from whatsapp_helpdesk.cloud_api import payloads
from whatsapp_helpdesk.cloud_api.flow_limits import _Option, findings


def codes(*titles, description="", text="?", list_button=""):
    options = [
        {"id": str(number), "title": title, "description": description}
        for number, title in enumerate(titles)
    ]
    step = {"key": "m", "kind": "menu", "text": text, "options": options}
    found = list(findings({"steps": [{**step, "list_button": list_button}]}))
    assert all(finding.key == "m" for finding in found)
    return {finding.code for finding in found}


@pytest.mark.parametrize(
    ("menu", "expected"),
    [
        (codes("Sim", "Não"), set()),
        (codes("Sim", "Não", text="x" * 1025), {"button_body"}),
        (codes("Sim", "Não", text="x" * 4097), {"long_text", "button_body"}),
        (codes("x" * 24, "b", "c", "d"), set()),
        (codes("x" * 25, "b", "c", "d"), {"row_title"}),
        (codes("x" * 73, "b"), {"numbered"}),
        (codes("x" * 25, "b", description="y"), {"numbered"}),
        (codes("a", "b", description="y" * 73), {"description"}),
        (codes(*"abcdefghijk"), {"many_options"}),
        (codes("x" * 24 + "1", "x" * 24 + "2"), {"row_title", "numbered"}),
        (codes("a", "b", list_button="Ver todas as opções já"), {"list_button"}),
        (codes("{nome}" + "x" * 30, "b"), set()),
    ],
)
def test_what_is_told(menu, expected):
    assert menu == expected


@pytest.mark.parametrize("length", [20, 24, 25, 60, 72, 73, 100])
@pytest.mark.parametrize("description", ["", "y", "y" * 72, "y" * 73])
@pytest.mark.parametrize("count", [1, 3, 4, 10, 11])
def test_it_agrees_with_what_is_sent(length, description, count):
    """Numbered text is announced exactly where it is sent."""
    titles = [f"{number:02}" + "x" * (length - 2) for number in range(count)]
    options = [_Option(f"m:{n}", title, description) for n, title in enumerate(titles)]
    (content,) = payloads.render("?", options)
    told = codes(*titles, description=description) & {"numbered", "description", "many_options"}
    assert bool(told) == (content["type"] == "text")


def test_what_is_no_step_is_skipped():
    assert not list(findings({"steps": [None, {"kind": "menu"}, {"key": "a", "kind": "end"}]}))
