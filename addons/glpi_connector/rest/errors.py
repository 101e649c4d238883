# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""GLPI errors, classified by what has to be done about them.

GLPI's error texts are written in the language of the API user (and may be raw SQL): only the CODE
and the HTTP status decide. Each error carries a `kind`, a short stable word that the Odoo layer
turns into a sentence for the administrator; `detail` keeps GLPI's own text beside it. No error ever
carries a request header, so no token can leak through a log or a screen.
"""

# kind of every error; the Odoo layer has one sentence for each of them
KINDS = (
    "unreachable",  # no connection, or it was lost
    "refused_connection",  # no server listens on the port
    "name",  # the host name is unknown
    "connect_timeout",  # no connection in time
    "proxy",  # the proxy does not answer or refuses us
    "timeout",  # the answer did not come in time
    "unavailable",  # 5xx, 429: the server answers, but cannot serve now
    "database",  # 2xx with GLPI's page that its database is away
    "html",  # 2xx with a page: something in front of GLPI answered
    "truncated",  # the answer broke off
    "crash",  # 2xx without JSON: GLPI swallowed an uncaught error
    "url",  # the address is not that of a GLPI API
    "url_format",  # the address is malformed
    "redirect",  # the address answers "go elsewhere"; redirects are never followed
    "proxy_login",  # the proxy wants a user and a password
    "proxy_format",  # the proxy's address is malformed
    "tls",  # certificate refused
    "certificate_none",  # the file of CA certificates holds none
    "certificate_key",  # ... holds a private key
    "certificate_unreadable",
    "certificate_expired",
    "client",  # OAuth client unknown or not allowed to log in like this
    "credentials",  # user name or password
    "profile",  # the chosen profile is not the user's
    "entity",  # the chosen entity is not the user's
    "version",  # this GLPI is too old
    "api_disabled",
    "user_token",
    "authorization",  # the header with the token did not arrive
    "user_token_format",
    "app_token",
    "app_token_missing",
    "app_token_format",
    "ip",  # the caller's IP is not in the API client's range
    "session",  # a session just opened is not accepted
    "right",  # the profile lacks a right (read)
    "add",  # not created: right missing or a value refused
    "update",
    "delete",
    "not_found",
    "range",  # page after the end
    "answer_size",  # the answer is longer than any legitimate one
    "unsupported",  # this dialect cannot do it
    "request_size",  # the web server in front of GLPI refuses requests of this length
    "blocked",  # a firewall in front of GLPI blocks this one request
    "document_size",
    "document_type",  # stored without the file: type, size or content refused
    "category",
    "location",
    "closed",  # a closed ticket accepts no additions
    "refused",  # any other 4xx
)


class GlpiError(Exception):
    """Base of all errors, with `kind`, `code` and `status`.

    kind: see KINDS; code: GLPI's code or ""; status: HTTP's, 0 without answer.
    """

    def __init__(self, kind, detail="", code="", status=0):
        self.kind = kind
        self.detail = (detail or "")[:500]
        self.code = code
        self.status = status
        super().__init__(" ".join(filter(None, (kind, code, str(status or ""), self.detail))))


class GlpiDown(GlpiError):
    """GLPI cannot serve now: try again later, for as long as it takes.

    `maybe_done` is True when the request may have been carried out although its answer was lost:
    check whether it was before repeating it. `retry_after`: seconds GLPI asked us to
    wait (429, 503), None when it did not say.
    """

    retry_after = None

    def __init__(self, kind, detail="", code="", status=0, maybe_done=False):
        super().__init__(kind, detail, code, status)
        self.maybe_done = maybe_done


class GlpiCrash(GlpiDown):
    """GLPI answered 2xx with an empty or unreadable body: it crashed, maybe half-way.

    Worth some retries; one that keeps coming for the same request is that request's own fault.
    """

    def __init__(self, detail="", status=200):
        super().__init__("crash", detail, "", status, maybe_done=True)


class GlpiAuth(GlpiError):
    """The connection is set up wrongly: address, token, API switched off, IP range.

    Repeating is useless until an administrator corrects it.
    """


class GlpiRefused(GlpiError):
    """GLPI understood and said no (right missing, unknown item, file not accepted)."""


_AUTH_CODES = {
    "ERROR_GLPI_LOGIN": "user_token",
    "ERROR_GLPI_LOGIN_USER_TOKEN": "user_token",
    # a token is always sent: something in between removed the header
    "ERROR_LOGIN_PARAMETERS_MISSING": "authorization",
    "ERROR_LOGIN_WITH_CREDENTIALS_DISABLED": "user_token",
    "ERROR_WRONG_APP_TOKEN_PARAMETER": "app_token",
    "ERROR_APP_TOKEN_PARAMETERS_MISSING": "app_token_missing",
    "ERROR_NOT_ALLOWED_IP": "ip",
    "ERROR_SESSION_TOKEN_MISSING": "session",
    "ERROR_SESSION_TOKEN_INVALID": "session",
}
_REFUSED_CODES = {
    "ERROR_RIGHT_MISSING": "right",
    "ERROR_GLPI_ADD": "add",
    "ERROR_GLPI_PARTIAL_ADD": "add",
    "ERROR_GLPI_UPDATE": "update",
    "ERROR_GLPI_PARTIAL_UPDATE": "update",
    "ERROR_GLPI_DELETE": "delete",
    "ERROR_GLPI_PARTIAL_DELETE": "delete",
    "ERROR_ITEM_NOT_FOUND": "not_found",
    "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM": "version",
    "ERROR_METHOD_NOT_ALLOWED": "version",
    "ERROR_RANGE_EXCEED_TOTAL": "range",
    "ERROR_UPLOAD_FILE_TOO_BIG_POST_MAX_SIZE": "document_size",
}
_DOWN_STATUSES = (408, 425, 429)
SESSION_LOST = "ERROR_SESSION_TOKEN_INVALID"
# Possibly a page of a firewall that dislikes one request, or of a web server that refuses everybody
_PAGE_STATUSES = (400, 403, 404, 405, 406, 409, 410, 411, 414, 415, 416, 418, 422, 431, 444, 451)


def blocked(error, is_alive):
    """Return the error for an answer that was a web page: this request's, or all's.

    A web application firewall answers with a page to a single text that it dislikes; a wrong
    address answers so to everything. A harmless request tells them apart.

    :param error: GlpiAuth of a request that is not the login
    :param is_alive: called without arguments; whether GLPI answers a harmless request
    """
    page = error.kind == "url" and not error.code and error.status in _PAGE_STATUSES
    if page and is_alive():
        return GlpiRefused("blocked", error.detail, "", error.status)
    return error


def from_answer(status, data, *, login=False):
    """Turn an answer that is not a success into the right error.

    :param status: HTTP status (not 2xx)
    :param data: the JSON body, None when there was none; GLPI's errors are ["CODE", "text"]
    :param login: True for initSession, where the bare code "ERROR" means "API switched off"
    """
    code, detail = "", ""
    if isinstance(data, list) and data and isinstance(data[0], str):
        code = data[0]
        detail = data[1] if len(data) > 1 and isinstance(data[1], str) else ""
    if code in _AUTH_CODES:
        return GlpiAuth(_AUTH_CODES[code], detail, code, status)
    if code in _REFUSED_CODES:
        return GlpiRefused(_REFUSED_CODES[code], detail, code, status)
    if status == 413:
        return GlpiRefused("request_size", detail, code, status)
    if status >= 500 or status in _DOWN_STATUSES:
        # a gateway's 5xx says nothing about what GLPI behind it did
        return GlpiDown("unavailable", detail, code, status, maybe_done=status >= 500)
    if 300 <= status < 400:
        return GlpiAuth("redirect", detail, code, status)
    if status == 401 and not code:
        return GlpiAuth("authorization", detail, code, status)
    if status == 407:
        return GlpiAuth("proxy_login", detail, code, status)
    if not code:
        # GLPI always answers its own errors in JSON: a web server or a proxy is speaking
        return GlpiAuth("url", detail, code, status)
    if login and code == "ERROR":
        return GlpiAuth("api_disabled", detail, code, status)
    return GlpiRefused("refused", detail, code, status)
