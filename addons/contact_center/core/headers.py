"""HTTP headers that tell a browser what a page of ours may do.

Citizens' words reach the pages of people with rights. Should one of them ever arrive unescaped,
the browser must not run it, load anything from elsewhere for it, or send a form for it.
"""

CSP = "Content-Security-Policy"

# The web client makes code from its templates and writes small scripts and styles into its pages;
# everything comes from our own address, `blob:` and `data:` are what a screen makes by itself
# (recordings, pictures before they are sent).
APPLICATION = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

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

# A file that a browser would show as a page (HTML, SVG, XML): as if from nowhere, without links
# that leave, forms or scripts.
FILE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox"

_PAGES = ("text/html", "application/xhtml+xml")
_DRAWN = (*_PAGES, "image/svg+xml", "text/xml", "application/xml", "application/rss+xml")
# What Odoo says of every file that it sends
_ODOO_FILE = "default-src 'none'"


def mimetype(content_type: str) -> str:
    """Return the type alone of a Content-Type header, in small letters."""
    return (content_type or "").partition(";")[0].strip().lower()


def policy(content_type: str, path: str, present: str | None = None) -> str | None:
    """Return the Content-Security-Policy of an answer; None to leave it as it is.

    :param content_type: the answer's Content-Type
    :param path: the path that was asked for
    :param present: the policy that the answer has already
    """
    kind = mimetype(content_type)
    if path.startswith("/report/"):
        return REPORT
    if present and present.strip().startswith(_ODOO_FILE):
        return FILE if kind in _DRAWN or kind.endswith("+xml") else None
    return APPLICATION if kind in _PAGES else None


def added(content_type: str, path: str, present: str | None = None) -> dict[str, str]:
    """Return the headers to set on an answer, see `policy`."""
    headers = {"X-Content-Type-Options": "nosniff"}
    wanted = policy(content_type, path, present)
    if wanted:
        headers[CSP] = wanted
    if mimetype(content_type) in _PAGES:
        headers["X-Frame-Options"] = "SAMEORIGIN"
        headers["Referrer-Policy"] = "same-origin"
    return headers


# Cookies that no script of ours reads: who somebody is, and that their browser is trusted
_FOR_SERVER = ("session_id", "td_id", "dgid")


def cookie(line: str, secure: bool) -> str:
    """Return a Set-Cookie header with the flags that keep it from other pages.

    :param line: the header as it would be sent
    :param secure: whether the page came over HTTPS: then the cookie goes over nothing else
    """
    name = line.partition("=")[0].strip().lower()
    present = {part.partition("=")[0].strip().lower() for part in line.split(";")[1:]}
    wanted = {"samesite": "SameSite=Lax"}
    if secure:
        wanted["secure"] = "Secure"
    if name in _FOR_SERVER:
        wanted["httponly"] = "HttpOnly"
    flags = [flag for key, flag in wanted.items() if key not in present]
    return "; ".join([line, *flags])
