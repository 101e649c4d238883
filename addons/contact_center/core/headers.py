# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTTP headers by which citizens' words and files do nothing in a browser.

They reach reports and files that people with rights open. Should one of them ever arrive unescaped,
or be a page itself, the browser must not run it, load anything from elsewhere for it, or send a
form for it. What the application's own pages may do is no matter of the contact centre.
"""

CSP = "Content-Security-Policy"

# A report is read, it does nothing: no script, no form, nothing from elsewhere.
REPORT = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' data:",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)

# A file that a browser would display as a page (HTML, SVG, XML): an opaque origin, without external
# links, forms or scripts.
FILE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox"

_DRAWN = (
    "text/html",
    "application/xhtml+xml",
    "image/svg+xml",
    "text/xml",
    "application/xml",
    "application/rss+xml",
)
# Odoo's header on every file that it sends
_ODOO_FILE = "default-src 'none'"


def policy(content_type: str, path: str, present: str | None = None) -> str | None:
    """Return the Content-Security-Policy of a response; None to leave it unchanged.

    :param content_type: the response's Content-Type
    :param path: the requested path
    :param present: the policy that the response already has
    """
    if path.startswith("/report/"):
        return REPORT
    if present and present.strip().startswith(_ODOO_FILE):
        kind = (content_type or "").partition(";")[0].strip().lower()
        return FILE if kind in _DRAWN or kind.endswith("+xml") else None
    return None


def added(content_type: str, path: str, present: str | None = None) -> dict[str, str]:
    """Return the headers to set on an answer, see `policy`."""
    wanted = policy(content_type, path, present)
    return {CSP: wanted, "X-Content-Type-Options": "nosniff"} if wanted else {}
