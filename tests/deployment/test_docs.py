"""The documentation keeps pace: links lead somewhere, the example flow runs."""

import json
import re

import pytest

LINK = re.compile(r"\]\(([^)\s]+)\)")


def pages(root):
    """Return every page that people read."""
    return [
        *root.glob("*.md"),
        *root.glob("docs/**/*.md"),
        *root.glob("deploy/*.md"),
    ]


def test_links_lead_to_files(root):
    for page in pages(root):
        for target in LINK.findall(page.read_text()):
            if "://" in target or target.startswith("#"):
                continue
            path = page.parent / target.partition("#")[0]
            assert path.exists(), f"{page.relative_to(root)}: {target}"


def test_files_named_in_the_developers_pages_exist(root):
    """Names such as `whatsapp_helpdesk/models/whatsapp_event.py` in the pages for developers."""
    for page in [*root.glob("docs/developer/*.md"), *root.glob("docs/decisions/*.md")]:
        for name in re.findall(
            r"`([\w./-]+/[\w.-]+\.(?:py|js|xml|conf|sh|json))`", page.read_text()
        ):
            found = [
                root / name,
                root / "addons" / name,
                root / "addons/chatbot_flow" / name,
            ]
            assert any(path.is_file() for path in found), f"{page.relative_to(root)}: {name}"


@pytest.fixture
def engine(root, monkeypatch):
    """Return chatbot_flow.engine, imported as a plain package."""
    monkeypatch.syspath_prepend(str(root / "addons"))
    import chatbot_flow.engine

    return chatbot_flow.engine


def test_example_flow_runs(root, engine):
    text = (root / "docs/developer/flow-format.md").read_text()
    (example,) = re.findall(r"```json\n(.+?)```", text, re.DOTALL)
    flow = engine.compile(json.loads(example))
    state, effects = engine.advance(flow, None, engine.Start(), {"protocolo": "2026000001"})
    for answer in (
        "maria@example.org",
        "sim",
        "1",
        "Não imprime",
        "pular",
        "confirmar",
    ):
        state, effects = engine.advance(flow, state, engine.Answer(answer))
    call = effects[-1]
    assert (call.name, call.params["title"]) == ("glpi_open_ticket", "Impressora")
    assert state.values["categoria"] == 5
    state, effects = engine.advance(flow, state, engine.ActionResult(call.name, True))
    assert isinstance(effects[-1], engine.End)
