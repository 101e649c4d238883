"""Small helpers that models of several addons share."""

import re

from odoo.tools import html2plaintext

# Tags that only change how words look. Odoo's conversion makes marks of them that nobody wrote:
# /aside/ for <em>.
_EMPHASIS = re.compile(r"</?(?:em|i|strong|b|s|del|u|code)(?:\s[^>]*)?>", re.IGNORECASE)


def plain_words(body, links=False):
    """The words of a message, as lists, copies and the archive hold them.

    :param body: HTML of a mail.message (str or Markup), or False
    :param links: number the links and name their addresses below the text
    :return: text (str) without marks of emphasis
    """
    bare = _EMPHASIS.sub("", str(body or ""))
    return html2plaintext(bare, include_references=links).strip()
