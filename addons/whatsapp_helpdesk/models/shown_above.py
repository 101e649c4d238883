# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Content shown above a message in Discuss, whatever happens to the message.

The advertisement from which a citizen came, the product asked about, the message that is answered:
they are marked, so that a file that arrives later, or a correction, replaces only the rest.
"""

from lxml import html
from markupsafe import Markup

_CLASS = "o_whatsapp_above"
# A constant in a constant
ABOVE = Markup(f'<blockquote class="{_CLASS}">%s</blockquote>')  # nosec B704


def above(body):
    """Return the HTML (Markup) of the content shown above in `body`, or ""."""
    if not body or _CLASS not in body:
        return Markup()
    blocks = html.fragment_fromstring(str(body), create_parent=True).xpath(
        "./*[contains(concat(' ', @class, ' '), $name)]", name=f" {_CLASS} "
    )
    parts = (html.tostring(block, encoding="unicode", with_tail=False) for block in blocks)
    # Safe: taken from a body that Odoo sanitized when it was stored
    return Markup("".join(parts))  # nosec B704
