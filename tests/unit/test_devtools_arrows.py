"""An addon names nothing of another that it does not depend on."""

import re
from pathlib import Path

import pytest

from devtools import arrows
from devtools.addon_files import manifest
from devtools.settings import ROOT, own_addons

DEPENDS = {addon: arrows.own_depends(addon, own_addons()) for addon in own_addons()}
MANIFESTS = {"core": ["mail"], "core_privacy": ["core"], "chat": ["core", "mail"]}
LOG = """
class Log(models.Model):
    _name = "core.log"


class Talk(models.Model):
    _name = "core.talk"
    _inherit = "core.talk"
"""


@pytest.fixture
def problems(tmp_path: Path):
    """Return the problems of three addons, one of them with an additional file."""

    def found(name: str = "", text: str = "", **more) -> list[str]:
        files = {
            "core/models/talk.py": 'class Talk(models.Model):\n    _name = "core.talk"\n',
            "core_privacy/models/log.py": LOG,
            **{f"{addon}/__manifest__.py": repr({"depends": d}) for addon, d in MANIFESTS.items()},
        }
        for path, content in (files | ({name: text} if name else {})).items():
            target = tmp_path / "addons" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content)
        return arrows.problems_of(tuple(MANIFESTS), tmp_path, **more)

    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("models/x.py", "from odoo.addons.chat.models import talk\n"),
        ("models/x.py", "from odoo.addons import chat\n"),
        ("models/x.py", "env.ref('chat.menu')\n"),
        ("models/x.py", "self.env['core.log']\n"),
        ("tests/test_x.py", "self.env['ir.config_parameter'].get_param('chat.limit')\n"),
        ("tests/test_x.py", "f'/chat/static/{name}'\n"),
        ("views/x.xml", "<record id='a' model='core.log'/>"),
        ("views/x.xml", "<field\n  ref='model_core_log'/>"),
        ("views/x.xml", "<field eval=\"[(4, ref('chat.group'))]\"/>"),
        ("security/x.csv", "a,b,model_core_log,core.group,1,0,0,0\n"),
        ("static/src/x.js", "import { x } from '@chat/x';\n"),
        ("static/src/x.js", 'await this.orm.call("core.log", "x");\n'),
    ],
)
def test_what_a_lower_addon_must_not_name(problems, name: str, text: str) -> None:
    (line,) = problems(f"core/{name}", text)
    whose = "core_privacy" if "log" in text else "chat"
    assert line.startswith(f"addons/core/{name}:")
    assert f"core does not depend on {whose} (" in line


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("core/models/x.py", '"""As chat/models/talk.py and core.log do."""\n# chat.menu\n'),
        ("core/models/x.py", "from . import chat\nx = 'the chat of others'\ny.chat.z\n"),
        ("core/static/src/x.js", "// see '@chat/x'\n"),
        ("chat/models/x.py", "self.env['core.talk'], env.ref('core.menu')\n"),
        ("core_privacy/models/x.py", "self.env['core.log'], self.env['core.talk']\n"),
    ],
)
def test_what_it_may(problems, name: str, text: str) -> None:
    assert problems(name, text) == []


def test_a_model_is_of_the_addon_that_brings_it(problems) -> None:
    """`core.log` is not of `core`, though it is called so."""
    assert problems("chat/models/x.py", "self.env['core.log']\n") == [
        "addons/chat/models/x.py:1: chat does not depend on core_privacy (core.log)"
    ]


@pytest.mark.parametrize(
    "text", ["'core.talk' in self.env", "'a.b' not in env.registry", "self.env.get('a.b')"]
)
def test_whether_a_model_is_there_is_not_asked(problems, text: str) -> None:
    (line,) = problems("chat/models/x.py", f"{text}\n")
    assert "offer a hook" in line


def test_an_addon_depends_on_lower_ones_only(problems) -> None:
    assert problems("core/__manifest__.py", repr({"depends": ["chat"]})) == [
        "core: depends on chat, which stands above it in ADDONS of devtools/settings.py"
    ]


def test_exceptions_have_reasons_and_an_end(problems) -> None:
    name, text = "core/models/x.py", "env.ref('chat.menu')\n"
    exceptions = {(f"addons/{name}", "chat"): "for now"}
    assert problems(name, text, exceptions=exceptions) == []
    (line,) = problems(name, "", exceptions=exceptions)
    assert "names no chat any more" in line


def test_our_addons() -> None:
    assert arrows.problems_of(own_addons()) == []


def test_the_layout_is_as_described() -> None:
    """Architecture's table has each addon with what it depends on; bridges are called so."""
    text = (ROOT / "docs/developer/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|([^|]+)\|([^|]+)\|$", text, re.MULTILINE)
    described = {addon: set(re.findall(r"`(\w+)`", depends)) for addon, _knows, depends in rows}
    described["test_contact_center"] = set(own_addons()) - {"test_contact_center"}
    assert described == {addon: set(depends) for addon, depends in DEPENDS.items()}
    assert not described["contact_center"] | described["contact_center_security"]
    bridges = {addon for addon, knows, _depends in rows if "; a bridge" in knows}
    manifests = {addon: manifest(ROOT / "addons" / addon) for addon in own_addons()}
    assert bridges == {addon for addon, said in manifests.items() if said.get("auto_install")}


def test_what_the_page_names_is_there() -> None:
    """Each method, hook or not, that architecture's page calls by its name."""
    text = (ROOT / "docs/developer/architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w/<-])_[a-z]\w*[a-z](?!\w*[/.>*<])", text))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "addons").rglob("*.py")]
    defined = set(re.findall(r"\b(_[a-z]\w+)(?=\(| =)", "\n".join(sources)))
    assert len(named) > 50
    assert named <= defined


def test_channels_and_tickets_do_not_know_each_other() -> None:
    assert "glpi_connector" not in arrows.closure("whatsapp_helpdesk", DEPENDS)
    assert "whatsapp_helpdesk" not in arrows.closure("glpi_connector", DEPENDS)
