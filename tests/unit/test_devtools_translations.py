"""Translations that are there, but that Odoo would not use, are found."""

from pathlib import Path

import pytest

pytest.importorskip("polib", reason="the environment's Python has it")
from devtools.translations import problems_of

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#. module: city\n'


def problems(folder: Path, entry: str) -> list[str]:
    """Return the problems of an addon that has one entry."""
    (folder / "i18n").mkdir()
    (folder / "i18n" / "pt_BR.po").write_text(HEAD + entry, encoding="utf-8")
    return problems_of(folder)


@pytest.mark.parametrize(
    ("mark", "place"),
    [
        ("odoo-python", "code:addons/city/models/street.py:0"),
        ("odoo-javascript", "code:addons/city/static/src/street.js:0"),
        ("odoo-javascript", "code:addons/city/static/src/street.xml:0"),
    ],
)
def test_text_of_the_code_needs_the_mark_of_its_code(tmp_path, mark, place):
    entry = f'#: {place}\nmsgid "Street"\nmsgstr "Rua"\n'
    for name, wanted in (("without", 1), ("with", 0)):
        folder = tmp_path / name
        folder.mkdir()
        marked = f"#. {mark}\n{entry}" if name == "with" else entry
        assert len(problems(folder, marked)) == wanted, name


def test_label_needs_no_mark(tmp_path):
    place = "model:ir.model.fields,field_description:city.field_street__name"
    assert problems(tmp_path, f'#: {place}\nmsgid "Name"\nmsgstr "Nome"\n') == []
