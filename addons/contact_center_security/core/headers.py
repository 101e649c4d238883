# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTTP headers that say what pages may do in a browser, and flags of cookies.

Should somebody smuggle a script into a page, the browser must not load more for it from elsewhere,
send anything home for it, or bend the page's addresses.
"""

REFERRER, NO_REFERRER = "Referrer-Policy", "no-referrer"
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

_PAGES = ("text/html", "application/xhtml+xml")
# Odoo's header on every file that it sends, and others' on inert content: narrower than ours
_NARROWER = "default-src 'none'"


def added(
    content_type: str, present: str | None = None, of_website: bool = False
) -> dict[str, str]:
    """Return the headers to set on an answer.

    :param content_type: the answer's Content-Type
    :param present: the Content-Security-Policy that it has already
    :param of_website: a page of a website that is shown to everybody: films, maps and letters come
        from elsewhere, and other pages may show it in a frame
    """
    headers = {"X-Content-Type-Options": "nosniff"}
    is_page = (content_type or "").partition(";")[0].strip().lower() in _PAGES
    is_narrow = (present or "").strip().startswith(_NARROWER)
    if not is_page or (of_website and not is_narrow):
        return headers
    if not is_narrow:
        headers[CSP] = APPLICATION
    return {**headers, "X-Frame-Options": "SAMEORIGIN", REFERRER: "same-origin"}


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
