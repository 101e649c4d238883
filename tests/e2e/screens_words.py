"""Check that a screen's texts are readable Portuguese: no English, no notation.

Three looks at every label, value, hint and tooltip: whole texts of ours that are untranslated;
words of a list of English; codes (names of fields and states, values of programs, JSON, braces).
Exceptions are in `screens_lists.py`, with their reasons.
"""

import functools
import re

import polib
from playwright.sync_api import Page

from devtools.settings import ROOT, own_addons
from tests.e2e.screens_lists import ALLOWED_CODES, ALLOWED_LABELS, BORROWED, CODE_AREAS
from tests.unit.citizen_words import ENGLISH

# Shorter ones are often the same word in both languages, or somebody's data.
SHORTEST = 8
# One English word as short as this may be an abbreviation or a part of a name.
ABBREVIATION = 3
# Every visible text with whether it stands where code belongs: [[text, boolean]].
LABELS = """(codeAreas) => {
    const found = new Map();
    const add = (text, element) => {
        const words = (text || "").replace(/\\s+/g, " ").trim();
        if (words) {
            const isCode = Boolean(element.closest(codeAreas));
            found.set(words, isCode && found.get(words) !== false);
        }
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent.checkVisibility() && !["SCRIPT", "STYLE"].includes(parent.tagName)) {
            add(walker.currentNode.data, parent);
        }
    }
    for (const name of ["placeholder", "title", "aria-label", "data-tooltip"]) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
            if (element.checkVisibility()) {
                add(element.getAttribute(name), element);
            }
        }
    }
    const unread = ["password", "checkbox", "radio", "hidden"];
    for (const element of document.querySelectorAll("input, textarea, option")) {
        const shown = element.tagName === "OPTION" ? element.parentElement : element;
        if (shown.checkVisibility() && !unread.includes(element.type)) {
            add(element.tagName === "OPTION" ? element.textContent : element.value, element);
        }
    }
    return [...found];
}"""
# Placeholders, as the authors of texts write them
FILLED = re.compile(r"\{[a-z][a-z0-9_]*\}")
WORD = re.compile(r"[A-Za-zÀ-ÿ]+")
CODES = (
    re.compile(r"(?<![\w@/.=?&-])[a-z]{2,}(?:_[a-z0-9]+)+(?![\w@=])"),
    re.compile(r"\b(?:True|False|None|null|undefined|NaN|NONE)\b"),
    # Not what follows a set of characters in a pattern
    re.compile(r"\{\{\s*\d*\s*\}\}|(?<!\])\{\d*\}"),
    re.compile(r"\{\s*[\"']\w+[\"']\s*:|\[\s*\{"),
    re.compile(r"\b[a-z]+(?:\.[a-z]+)+\(\d+,?\)|\broot\.[a-z]+\b|\b(?:res|ir|mail)\.[a-z.]+\b"),
)


def one_line(text: str) -> str:
    """Return ``text`` as a label shows it, without line breaks and indentation."""
    return " ".join(text.split())


@functools.cache
def english() -> frozenset[str]:
    """Return every text of ours that reads otherwise in Portuguese."""
    entries = [
        entry
        for addon in own_addons()
        for entry in polib.pofile(str(ROOT / "addons" / addon / "i18n" / "pt_BR.po"))
        if not entry.obsolete
    ]
    portuguese = {one_line(entry.msgstr) for entry in entries}
    originals = {one_line(entry.msgid) for entry in entries}
    return frozenset(text for text in originals - portuguese if len(text) >= SHORTEST)


def is_allowed(label: str) -> bool:
    """Return whether a label is an exception."""
    return any(re.fullmatch(expression, label) for expression in ALLOWED_LABELS)


def language_faults(label: str) -> list[str]:
    """Return the English in a label: listed words, a longer one, several short ones."""
    label = FILLED.sub(" ", label)
    for expression in ALLOWED_CODES:
        label = re.sub(expression, " ", label)
    words = [word for word in WORD.findall(label.lower()) if word not in BORROWED]
    found = [word for word in words if word in ENGLISH]
    if len(found) > 1 or any(len(word) > ABBREVIATION for word in found):
        return [f"English ({', '.join(dict.fromkeys(found))})"]
    return []


def code_faults(label: str) -> list[str]:
    """Return a label's names of fields and states, programs' values, JSON, braces."""
    label = FILLED.sub(" ", label)
    for expression in ALLOWED_CODES:
        label = re.sub(expression, " ", label)
    return [f"code ({match.group(0)})" for code in CODES for match in code.finditer(label)]


@functools.cache
def faults_of(label: str, is_code: bool) -> tuple[str, ...]:
    """Return the faults of a label; most of them stand on every screen."""
    if label in english():
        return (f"untranslated: {label}",)
    if is_code or is_allowed(label):
        return ()
    return tuple(f"{fault}: {label[:160]}" for fault in language_faults(label) + code_faults(label))


def untranslated(page: Page) -> set[str]:
    """Return the faults on the screen, each with its label."""
    labels = page.evaluate(LABELS, CODE_AREAS)
    return {fault for label, is_code in labels for fault in faults_of(label, is_code)}
