"""The Portuguese of addons and guide has no English, and one word for one thing."""

import re
from pathlib import Path

import polib
import pytest

from tests.e2e.screens_words import code_faults, is_allowed, language_faults

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(ROOT.glob("addons/*/i18n/pt_BR.po"))
GUIDE = [ROOT / "README.md", *sorted(ROOT.glob("docs/administrador/*.md"))]
# Placeholders, addresses of parts of a page, and pieces of templates
FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|<[^>]*>|`[^`]*`|\[\{\{.*?\}\}\]|\{\{.*?\}\}")
# The guide's quotations of citizens
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# Texts for programs or about them: {part of the source text: why}
EXCEPTIONS = {
    "object.": "an expression of Odoo's templates",
    "post_max_size": "names of settings of other servers",
    "`cloud_api": "a hint for developers",
    "cloud_api.pacing": "a hint for developers",
    "{number, kind (wait or action)": "a hint for developers",
    "{id, name}": "a hint for developers",
    "[{key, label, example": "a hint for developers",
    "true or false": "values as they are typed in a flow's file",
    "mail.message": "a hint for developers",
    "[A-Z]{3}": "a pattern as it is typed",
    "format: chatbot-flow 1": "the first line of a flow's file",
    "a-z, 0-9 and _": "a hint for authors of flows",
    "title: {assunto}": "an example as it is typed",
}
# {wrong word: right word}; words by which people search the settings are left alone.
ONE_WORD = {
    r"\brobôs?\b": "assistente virtual",
    r"\b(?:desconectado|off-?line)\b": "fora do sistema",
    r"\bpasso do fluxo\b": "etapa do fluxo",
}


def entries(path: Path) -> list[polib.POEntry]:
    """Return the catalogue's texts for screens."""
    return [
        entry
        for entry in polib.pofile(str(path))
        if not any(part in entry.msgid for part in EXCEPTIONS)
        and not any("settings_keywords" in place for place, _line in entry.occurrences)
    ]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_english_and_no_notation_in_translations(path: Path) -> None:
    found = [
        f"{path}:{entry.linenum}: {fault}: {entry.msgstr[:120]}"
        for entry in entries(path)
        if not is_allowed(entry.msgstr)
        for words in [FILLED.sub(" ", entry.msgstr)]
        for fault in language_faults(words) + code_faults(words)
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_translations_have_one_word_for_one_thing(path: Path) -> None:
    found = [
        f"{path}:{entry.linenum}: “{match.group(0)}” is “{word}” here: {entry.msgstr[:120]}"
        for entry in entries(path)
        for said, word in ONE_WORD.items()
        for match in re.finditer(said, entry.msgstr, re.IGNORECASE)
        if "API" not in entry.msgstr
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("path", GUIDE, ids=lambda path: path.name)
def test_guide_has_one_word_for_one_thing(path: Path) -> None:
    found = [
        f"{path}:{number}: “{match.group(0)}” is “{word}” here"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for said, word in ONE_WORD.items()
        for match in re.finditer(said, QUOTED.sub(" ", line), re.IGNORECASE)
    ]
    assert not found, "\n" + "\n".join(found)
