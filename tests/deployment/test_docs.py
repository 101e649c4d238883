"""The documentation keeps pace: links lead somewhere, the example flow runs."""

import json
import re

import polib
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


#: Names on the screen that come from Odoo itself or from queue_job, in Brazilian Portuguese
NAMES_OF_ODOO = {
    "Configuração",
    "Contato",
    "Criação",
    "Definições",
    "Função",
    "Job Queue Manager",
    "Mensagens",
    "Novo",
    "Respostas predefinidas",
    "Usuários",
    "Usuários e Empresas",
}


def names_on_the_screen(root):
    """Return every Portuguese text of the addons' screens."""
    return {
        entry.msgstr.strip().rstrip(":")
        for path in root.glob("addons/*/i18n/pt_BR.po")
        for entry in polib.pofile(str(path))
    }


def test_names_in_the_guide_are_those_of_the_screen(root):
    """Words in bold in the administrator's guide are menus, buttons, fields or values."""
    known = names_on_the_screen(root) | NAMES_OF_ODOO
    wrong = [
        f"{page.name}: {name}"
        for page in sorted(root.glob("docs/administrador/*.md"))
        for path in re.findall(r"\*\*(.+?)\*\*", page.read_text(), re.DOTALL)
        for name in re.split(r" ▸ |: ", " ".join(path.split()))
        if name not in known
    ]
    assert not wrong
