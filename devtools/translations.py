"""Check that Brazilian Portuguese is complete.

Run by the environment's Python with polib.

`python -m devtools.translations addons/NAME ...` looks into the files: every addon has
i18n/pt_BR.po, with no entry empty or fuzzy. `python -m devtools.translations --exported FOLDER
addons/NAME ...` also compares them with what Odoo exports (FOLDER/NAME.pot): every term of the
addon must have a translation, at every place where it stands: Odoo translates a label by its place,
and a text of the code by the mark that says which code. `--complete FOLDER addons/NAME ...` writes
the missing places of translated terms into the files.
"""

import sys
from pathlib import Path

import polib


def main(words: list[str]) -> int:
    """Print missing translations; return 1 if there are any."""
    option, exported = words[0] if words else "", None
    if option in ("--exported", "--complete"):
        exported, words = Path(words[1]), words[2:]
    if option == "--complete":
        for word in words:
            complete(Path(word), exported)
    problems = [problem for word in words for problem in problems_of(Path(word), exported)]
    print("\n".join(problems))
    return 1 if problems else 0


def complete(addon: Path, exported: Path) -> None:
    """Write every place of a translated term into the addon's pt_BR.po.

    As Odoo exports it.

    Terms that the addon no longer has are taken out.
    """
    catalogue = polib.pofile(str(addon / "i18n" / "pt_BR.po"), wrapwidth=78)
    template = {entry.msgid: entry for entry in polib.pofile(str(exported / f"{addon.name}.pot"))}
    for entry in list(catalogue):
        if entry.msgid in template:
            entry.occurrences = template[entry.msgid].occurrences
            entry.comment = template[entry.msgid].comment
        else:
            catalogue.remove(entry)
    catalogue.save()


def problems_of(addon: Path, exported: Path | None = None) -> list[str]:
    """Return the gaps in one addon's pt_BR.po, one line each."""
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
        elif missing := marks_of_places(entry) - places_of(entry):
            mark = ", ".join(sorted(missing))
            found.append(f"{path}:{entry.linenum}: no “#. {mark}”: {short(entry.msgid)}")
    if exported is not None:
        known = {entry.msgid: entry for entry in catalogue}
        for entry in polib.pofile(str(exported / f"{addon.name}.pot")):
            if entry.msgid not in known:
                places = ", ".join(where(entry))
                found.append(f"{path}: no entry for: {short(entry.msgid)} ({places})")
            elif missing := places_of(entry) - places_of(known[entry.msgid]):
                places = ", ".join(sorted(missing)[:2])
                found.append(f"{path}: place missing: {short(entry.msgid)} ({places})")
    return found


def places_of(entry: polib.POEntry) -> set[str]:
    """Return the keys of a translation in Odoo: labels' places, and the kind of code."""
    labels = {place for place, _line in entry.occurrences if place.startswith("model")}
    return labels | {line for line in entry.comment.splitlines() if line.startswith("odoo-")}


def marks_of_places(entry: polib.POEntry) -> set[str]:
    """Return the marks without which Odoo leaves the texts of these places in English."""
    code = [place for place, _line in entry.occurrences if place.startswith("code:")]
    return {
        "odoo-python" if place.endswith(".py") else "odoo-javascript"
        for place in code
        if place.endswith((".py", ".js", ".xml"))
    }


def where(entry: polib.POEntry) -> list[str]:
    """Return the first places a term comes from."""
    return [place for place, _line in entry.occurrences[:2]]


def short(text: str) -> str:
    """Return a term cut to one line."""
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:69]}…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
