"""deploy/caddy/Caddyfile: TLS by name, the websocket, limits, what stays inside."""

import re

import pytest

MEGABYTE = 1_000_000
MEBIBYTE = 1024 * 1024
UNITS = {"MB": MEGABYTE, "MiB": MEBIBYTE}
WHATSAPP_LARGEST_DOCUMENT = 100 * MEGABYTE


def site(caddyfile):
    """Return the block of the public site."""
    (block,) = [block for words, block in caddyfile if words == ["{$DOMAIN}"]]
    return block


def routes(caddyfile):
    """Return [(matcher, block)] of the public site, in order.

    The last has none (the rest).
    """
    block = site(caddyfile)
    matchers = {
        words[0]: words[1:]
        for words, _ in block
        if words[0].startswith("@") and words[1] in ("path", "path_regexp")
    }
    return [
        (matchers[words[1]] if len(words) > 1 else [], inner)
        for words, inner in block
        if words[0] == "handle"
    ]


def upstream(block):
    """Return where a route goes, or None."""
    found = [words[1] for words, _ in block if words[0] == "reverse_proxy"]
    return found[0] if found else None


def body_limit(block):
    """Return the largest body of a route in bytes."""
    (limits,) = [inner for words, inner in block if words[0] == "request_body"]
    (size,) = [words[1] for words, _ in limits if words[0] == "max_size"]
    number, unit = re.fullmatch(r"(\d+)(MB|MiB)", size).groups()
    return int(number) * UNITS[unit]


def fits(matcher, path):
    """Return whether a matcher (its kind, its patterns) fits `path`."""
    kind, *patterns = matcher
    if kind == "path_regexp":
        return bool(re.search(patterns[0], path))
    return any(
        path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern
        for pattern in patterns
    )


def route_of(caddyfile, path):
    """Return the block that serves `path`: the first whose patterns fit."""
    for matcher, block in routes(caddyfile):
        if not matcher or fits(matcher, path):
            return block
    raise AssertionError(path)


def test_certificate_is_for_the_citys_own_name(caddyfile, services):
    assert site(caddyfile)
    assert {"DOMAIN", "ACME_EMAIL"} <= set(services["proxy"]["environment"])
    assert (["email", "{$ACME_EMAIL}"], None) in caddyfile[0][1]


def test_websocket_goes_to_the_gevent_port(caddyfile, odoo_conf):
    expected = f"odoo:{odoo_conf['options']['gevent_port']}"
    for path in ("/websocket", "/websocket/health", "/websocket/peek_notifications"):
        assert upstream(route_of(caddyfile, path)) == expected


def test_everything_else_goes_to_the_http_port(caddyfile, odoo_conf):
    expected = f"odoo:{odoo_conf['options']['http_port']}"
    for path in (
        "/",
        "/odoo/discuss",
        "/web/login",
        "/websockets",
        "/whatsapp/webhook",
    ):
        assert upstream(route_of(caddyfile, path)) == expected


def test_upstream_is_a_service(caddyfile, services):
    hosts = {upstream(block).split(":")[0] for _, block in routes(caddyfile) if upstream(block)}
    assert hosts <= set(services)


def test_internal_addresses_are_closed(caddyfile):
    for path in (
        *("/queue_job/runjob", "/queue_job/runjob/", "/en/queue_job/runjob"),
        *("/web/database/manager", "/web/database/backup", "/pt_BR/web/database/manager"),
    ):
        assert route_of(caddyfile, path) == [(["respond", "404"], None)]


@pytest.mark.parametrize(
    "path",
    [
        *("/jsonrpc", "/xmlrpc/common", "/xmlrpc/2/object", "/json/2/res.users/read", "/json/1/x"),
        *("/json/version", "/web/version", "/web/tests", "/web/tests/legacy", "/doc", "/doc/x"),
        *("/doc-bearer/index.json", "/web/set_profiling", "/web/speedscope/1"),
        *("/base_import_module/login_upload",),
        *("/html_editor/link_preview_external", "/html_editor/link_preview_internal"),
        *("/im_livechat/get_session", "/im_livechat/loader/1", "/chatbot/restart"),
        *("/chat/1/x", "/meet/x", "/rate/x/5"),
    ],
)
def test_what_the_desk_does_not_need_is_closed(caddyfile, path):
    """Odoo takes a slash at the end for none, and a language before the path likewise."""
    for asked in (path, f"{path}/", f"/en{path}", f"/pt_BR{path}", f"/sr_RS@latin{path}/"):
        assert route_of(caddyfile, asked) == [(["respond", "404"], None)], asked


@pytest.mark.parametrize(
    "path",
    [
        *("/web/session/authenticate", "/web/dataset/call_kw/res.users/read", "/mail/data"),
        *("/discuss/channel/messages", "/report/pdf/x/1", "/documents"),
        *("/html_editor/attachment/remove", "/web/webclient/translations", "/auth-timeout/x"),
        *(
            "/pt_BR/web/login",
            "/en/my",
            "/en/documents",
            "/web/content/7",
            "/odoo/chat",
            "/documents/rate",
        ),
    ],
)
def test_what_the_desk_needs_is_open(caddyfile, path):
    assert upstream(route_of(caddyfile, path))


def test_answers_without_headers_of_their_own_get_the_least(caddyfile):
    (headers,) = [block for words, block in site(caddyfile) if words == ["header"]]
    defaults = {words[0]: " ".join(words[1:]) for words, _ in headers if words[0].startswith("?")}
    assert defaults["?X-Frame-Options"] == "SAMEORIGIN"
    for directive in ("object-src 'none'", "base-uri 'self'", "frame-ancestors 'self'"):
        assert directive in defaults["?Content-Security-Policy"]
    assert ["X-Content-Type-Options", "nosniff"] in [words for words, _ in headers]


def test_body_sizes(root, caddyfile):
    webhook = (root / "addons/whatsapp_helpdesk/light_webhook.py").read_text()
    limit = int(re.search(r"MAX_BODY = (\d+) \* 1024 \* 1024", webhook)[1]) * MEBIBYTE
    assert body_limit(route_of(caddyfile, "/whatsapp/webhook")) == limit
    assert body_limit(route_of(caddyfile, "/mail/attachment/upload")) >= WHATSAPP_LARGEST_DOCUMENT


def test_health_check_of_the_proxy_is_answered(caddyfile, services):
    address = services["proxy"]["healthcheck"]["test"][-1]
    (block,) = [block for words, block in caddyfile if words and words[0] in address]
    assert (["respond", "/health", "200"], None) in block


def test_verify_token_is_not_logged(root):
    text = (root / "deploy/caddy/Caddyfile").read_text()
    assert "replace hub.verify_token REDACTED" in text
