# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small helpers that models of several addons share."""

import re

from odoo.tools import html2plaintext

# Tags that only change the appearance of text. Odoo's conversion turns them into marks that nobody
# wrote: /aside/ for <em>.
_EMPHASIS = re.compile(r"</?(?:em|i|strong|b|s|del|u|code)(?:\s[^>]*)?>", re.IGNORECASE)


def plain_words(body, links=False):
    """Return the plain text of a message, as used by lists, copies and the archive.

    :param body: HTML of a mail.message (str or Markup), or False
    :param links: number the links and name their addresses below the text
    :return: text (str) without marks of emphasis
    """
    bare = _EMPHASIS.sub("", str(body or ""))
    return html2plaintext(bare, include_references=links).strip()
