"""Whether words of ours stand on a screen untranslated."""

import functools

import polib
from playwright.sync_api import Page

from devtools.settings import ROOT, own_addons

# Shorter ones are often the same word in both languages, or somebody's data.
SHORTEST = 8
LABELS = """() => {
    const found = new Set();
    const add = (text) => text && found.add(text.replace(/\\s+/g, " ").trim());
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        if (walker.currentNode.parentElement.checkVisibility()) {
            add(walker.currentNode.data);
        }
    }
    for (const name of ["placeholder", "title", "aria-label", "data-tooltip"]) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
            add(element.getAttribute(name));
        }
    }
    return [...found];
}"""


def one_line(text: str) -> str:
    """``text`` as a label shows it, without line breaks and indentation."""
    return " ".join(text.split())


@functools.cache
def english() -> frozenset[str]:
    """Every text of ours that reads otherwise in Portuguese."""
    entries = [
        entry
        for addon in own_addons()
        for entry in polib.pofile(str(ROOT / "addons" / addon / "i18n" / "pt_BR.po"))
        if not entry.obsolete
    ]
    portuguese = {one_line(entry.msgstr) for entry in entries}
    originals = {one_line(entry.msgid) for entry in entries}
    return frozenset(text for text in originals - portuguese if len(text) >= SHORTEST)


def untranslated(page: Page) -> set[str]:
    """Whole labels on the screen that are our English texts."""
    return english().intersection(page.evaluate(LABELS))
