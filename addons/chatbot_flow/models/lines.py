# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Short lists of `name: value` lines in a text field."""

from odoo.exceptions import ValidationError

from ..engine.placeholders import NAME


def parse_lines(env, text):
    """Return the dict of a text with one `name: value` per line.

    Empty lines and `# notes` are skipped.

    Raises ValidationError with the line that cannot be read.
    """
    values = {}
    for line in (text or "").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, colon, value = line.partition(":")
        if not colon or not NAME.fullmatch(name.strip()):
            raise ValidationError(
                env._('Write one "name: value" per line. This line is not like that: %s', line)
            )
        values[name.strip()] = value.strip()
    return values


def format_lines(values):
    """Return a dict as text for :func:`parse_lines`; line breaks become blanks."""
    return "\n".join(f"{name}: {' '.join(str(value).split())}" for name, value in values.items())
