"""Whether Brazilian Portuguese is complete. Run by the environment's Python, which has polib.

`python -m devtools.translations addons/NAME ...` looks into the files: every addon has
i18n/pt_BR.po, with no entry empty or fuzzy. `python -m devtools.translations --exported FOLDER
addons/NAME ...` also compares them with what Odoo exports (FOLDER/NAME.pot): every term of the
addon must have a translation.
"""

import sys
from pathlib import Path

import polib


def main(words: list[str]) -> int:
    """Print what is missing; 1 if anything is."""
    exported = None
    if words[:1] == ["--exported"]:
        exported, words = Path(words[1]), words[2:]
    problems = [problem for word in words for problem in problems_of(Path(word), exported)]
    print("\n".join(problems))
    return 1 if problems else 0


def problems_of(addon: Path, exported: Path | None = None) -> list[str]:
    """What is missing in one addon's pt_BR.po, one line each."""
    path = addon / "i18n" / "pt_BR.po"
    if not path.is_file():
        return [f"{path}: missing"]
    catalogue = polib.pofile(str(path))
    found = []
    for entry in catalogue:
        if entry.obsolete:
            found.append(f"{path}:{entry.linenum}: obsolete: {short(entry.msgid)}")
        elif entry.fuzzy:
            found.append(f"{path}:{entry.linenum}: fuzzy: {short(entry.msgid)}")
        elif not entry.msgstr.strip():
            found.append(f"{path}:{entry.linenum}: not translated: {short(entry.msgid)}")
    if exported is not None:
        known = {entry.msgid for entry in catalogue}
        template = polib.pofile(str(exported / f"{addon.name}.pot"))
        found += [
            f"{path}: no entry for: {short(entry.msgid)} ({', '.join(where(entry))})"
            for entry in template
            if entry.msgid not in known
        ]
    return found


def where(entry: polib.POEntry) -> list[str]:
    """The first places a term comes from."""
    return [place for place, _line in entry.occurrences[:2]]


def short(text: str) -> str:
    """A term cut to one line."""
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:69]}…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
