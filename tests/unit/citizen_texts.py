"""Every text that a citizen can get, with its place, from all addons' files.

Automatic messages, privacy notices, canned responses and flows from data and demo XML; ready flows
from YAML; the engine's own texts; what Python says through `_()`, by its Portuguese; Portuguese
sentences written in Python. New files are found by themselves.
"""

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import polib
import yaml

from chatbot_flow.engine import manner_words
from chatbot_flow.engine import texts as engine_texts

ROOT = Path(__file__).resolve().parents[2]
ADDONS = sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))
# Fields of data records that citizens read, by model.
FIELDS = {
    "contact_center.automatic.message": {"body"},
    "contact_center.privacy.notice": {"text", "question", "refused_text", "accepted_text"},
    "mail.canned.response": {"substitution"},
    "chatbot.flow": {"remind_text", "end_text", "fail_text"},
    "chatbot.flow.step": {"text", "error_text", "fail_text", "list_button", "label"},
    "chatbot.flow.option": {"name", "description"},
    "chatbot.flow.variant": {"text"},
}
# Keys of a ready flow whose values programs or editors read; everything else goes to citizens.
TECHNICAL = {
    *("format", "name", "note", "code", "key", "kind", "id", "goto", "main_menu", "start"),
    *("keywords", "words", "action", "params", "results", "reason", "show", "prefix", "variable"),
    *("on_error", "on_agent", "on_exit", "on_fail", "on_cancel", "on_change", "on_empty"),
    *(
        "on_false",
        "answer",
        "echo",
        "known",
        "email",
        "phone",
        "fail",
        "state",
        "match",
        "after",
        "skip",
    ),
    *("outcome", "queue", "skill", "value", "operator", "type", "default", "codes", "set", "if"),
    *("says", "what", "then", "known"),
}
# The title of a step is for editors, of an option for citizens.
STEP_KEY = "kind"
# Python files whose `_()` reach citizens although they do not send by themselves.
TELLING = {
    "contact_center_privacy/models/notice.py",
    "glpi_connector/models/chatbot_flow_session_status.py",
    "glpi_connector/models/glpi_ticket_telling.py",
    "glpi_connector/models/glpi_ticket_news.py",
    "glpi_connector/models/glpi_ticket_moves.py",
    "contact_center_operation/models/maintenance_window.py",
    "contact_center/core/hours.py",
}
# Values of a selection that citizens read: the survey's answers
ANSWERS = "selection__contact_center_conversation__satisfaction__"
SENDING = re.compile(r"\b_say\(|\bOutgoing\(|\b_automatic\(")
PORTUGUESE = re.compile(r"[ãõçáéíóúêâôà]|\b(você|por favor|obrigad[oa])\b", re.IGNORECASE)
# Quotations from a screen or a citizen in an English text
QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
# Tables of words that are understood, lists of names, and languages other than Portuguese.
NOT_SAID = re.compile(
    r"(_words|words_|names|everyday|yes_no|holiday|feasts|languages|cardinals|manner_)"
)


@dataclasses.dataclass(frozen=True)
class Text:
    """Something that a citizen can get; ``where`` names file and place.

    For the test's message.
    """

    where: str
    words: str


def all_texts() -> list[Text]:
    """Return every text, each file's in its own order."""
    return [
        *texts_of_records(),
        *texts_of_flows(),
        *texts_of_engine(),
        *texts_of_code(),
        *sentences_in_code(),
    ]


def short(path: Path) -> str:
    """Return a path as the test names it."""
    return str(path.relative_to(ROOT))


def texts_of_records() -> Iterator[Text]:
    """Yield fields of data and demonstration records."""
    for addon in ADDONS:
        for path in sorted([*addon.glob("data/*.xml"), *addon.glob("demo/*.xml")]):
            for record in ElementTree.parse(path).iter("record"):
                wanted = FIELDS.get(record.get("model", ""), set())
                for field in record.iter("field"):
                    words = "".join(field.itertext()).strip()
                    if field.get("name") in wanted and words:
                        yield Text(f"{short(path)}: {record.get('id')}.{field.get('name')}", words)


def texts_of_flows() -> Iterator[Text]:
    """Yield strings of the ready flows, of any table."""
    for path in sorted(ROOT.glob("addons/*/data/flows/*.yaml")):
        flow = yaml.safe_load(path.read_text(encoding="utf-8"))
        # Citizens' words and the expected results are for its tests alone.
        flow.pop("tests", None)
        yield from _strings(flow, short(path), "")


def _strings(value: object, where: str, key: str) -> Iterator[Text]:
    if isinstance(value, dict):
        place = f"{where}: {value.get('key') or value.get('id') or key}"
        for name, inner in value.items():
            if name in TECHNICAL or (name == "title" and STEP_KEY in value):
                continue
            yield from _strings(inner, place, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, where, key)
    elif isinstance(value, str):
        yield Text(f"{where}.{key}", value)


def texts_of_engine() -> Iterator[Text]:
    """Yield the flows' own texts."""
    path = "addons/chatbot_flow/engine/texts.py"
    for table, texts in vars(engine_texts).items():
        if table.isupper() and isinstance(texts, dict):
            for name, words in texts.items():
                if isinstance(words, str):
                    yield Text(f"{path}: {table}[{name}]", words)
    for name, row in manner_words.USUAL.items():
        if row["reply"]:
            yield Text(f"addons/chatbot_flow/engine/manner_words.py: {name}", row["reply"])


def texts_of_code() -> Iterator[Text]:
    """Yield the Portuguese of terms in Python files that send citizens something."""
    for addon in ADDONS:
        path = addon / "i18n" / "pt_BR.po"
        if not path.is_file():  # an addon of tests says nothing
            continue
        for entry in polib.pofile(str(path)):
            files = {place.removeprefix("code:addons/") for place, _line in entry.occurrences}
            if any(_sends(file) or ANSWERS in file for file in files):
                yield Text(f"{short(path)}:{entry.linenum}: {entry.msgid[:60]}", entry.msgstr)


def _sends(file: str) -> bool:
    path = ROOT / "addons" / file
    if file in TELLING:
        return True
    return path.suffix == ".py" and path.is_file() and bool(SENDING.search(path.read_text("utf-8")))


def sentences_in_code() -> Iterator[Text]:
    """Yield Portuguese sentences in Python itself: data for citizens of one country."""
    for path in sorted(ROOT.glob("addons/*/**/*.py")):
        if "tests" in path.parts or NOT_SAID.search(path.stem):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in documentation
                and len(node.value.split()) > 2
                and PORTUGUESE.search(QUOTED.sub(" ", node.value))
                and node.value[:1].isupper()
            ):
                yield Text(f"{short(path)}:{node.lineno}", node.value)
