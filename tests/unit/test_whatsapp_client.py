"""The HTTP client: the token's secrecy, the errors' classes, the checks on files."""

import base64
import hashlib
import io
import json

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from whatsapp_helpdesk.cloud_api.client import ApiError, CloudApi, MediaInfo
from whatsapp_helpdesk.cloud_api.errors import ErrorClass

TOKEN = "token-that-nobody-may-see"
URL = "https://graph.example"


class FakeSession(requests.Session):
    """Answers from a list; records what was asked."""

    def __init__(self, *answers):
        super().__init__()
        self.answers = list(answers)
        self.requests = []

    def send(self, request, **kwargs):
        self.requests.append((request, kwargs))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body, *headers = answer
        response = requests.Response()
        response.status_code = status
        response.request = request
        response.headers.update(headers[0] if headers else {})
        response.raw = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        return response


def api(*answers):
    return CloudApi(
        "200", TOKEN, api_url=URL, media_hosts=["files.example"], session=FakeSession(*answers)
    )


def sent_requests(client):
    return [request for request, _kwargs in client._session.requests]


def fails(client, method, *args):
    with pytest.raises(ApiError) as caught:
        getattr(client, method)(*args)
    assert TOKEN not in str(caught.value) and TOKEN not in repr(caught.value)
    assert caught.value.__cause__ is None
    return caught.value


def test_send():
    answer = {"contacts": [{"input": "+55", "wa_id": "55"}], "messages": [{"id": "wamid.1"}]}
    client = api((200, answer))
    sent = client.send({"type": "text"})
    assert (sent.wamid, sent.wa_id, sent.bsuid) == ("wamid.1", "55", "")
    (request,) = sent_requests(client)
    assert request.url == f"{URL}/v25.0/200/messages"
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert client._session.requests[0][1]["timeout"] == 10.0
    assert client._session.requests[0][1]["allow_redirects"] is False


def error_body(code, **more):
    return {"error": {"message": "m", "code": code, "error_data": {"details": "d"}, **more}}


@pytest.mark.parametrize(
    ("answer", "code", "kind"),
    [
        ((400, error_body(131047)), 131047, ErrorClass.NEEDS_TEMPLATE),
        ((401, error_body(190)), 190, ErrorClass.PAUSE_ACCOUNT),
        ((400, error_body(100, error_subcode=33)), "not_found", ErrorClass.PAUSE_ACCOUNT),
        ((400, error_body(100)), 100, ErrorClass.NO_RETRY),
        ((429, error_body(130429)), 130429, ErrorClass.RETRY),
        ((500, error_body(131000)), 131000, ErrorClass.UNKNOWN),
        ((400, error_body(77, is_transient=True)), 77, ErrorClass.UNKNOWN),
        ((503, b"<html>"), "unavailable", ErrorClass.UNKNOWN),
        ((404, b"<html>"), "not_found", ErrorClass.PAUSE_ACCOUNT),
        ((302, b"", {"Location": "https://evil.example"}), "redirect", ErrorClass.PAUSE_ACCOUNT),
        ((200, b"<html>"), "bad_answer", ErrorClass.UNKNOWN),
        ((200, [1]), "bad_answer", ErrorClass.UNKNOWN),
        ((200, {}), "bad_answer", ErrorClass.UNKNOWN),
        (requests.exceptions.ReadTimeout(), "timeout", ErrorClass.UNKNOWN),
        (requests.exceptions.ConnectTimeout(), "unreachable", ErrorClass.RETRY),
        (requests.exceptions.SSLError(), "unreachable", ErrorClass.RETRY),
        (requests.exceptions.ConnectionError("aborted"), "timeout", ErrorClass.UNKNOWN),
        (requests.exceptions.ChunkedEncodingError(), "timeout", ErrorClass.UNKNOWN),
    ],
)
def test_failures_have_a_class(answer, code, kind):
    error = fails(api(answer), "send", {"type": "text"})
    assert (error.code, error.kind) == (code, kind)


def test_refused_connection_was_never_sent():
    refused = MaxRetryError(None, "/", NewConnectionError(None, "refused"))
    error = fails(api(requests.exceptions.ConnectionError(refused)), "send", {})
    assert error.kind is ErrorClass.RETRY


@pytest.mark.parametrize("token", ["", "with\nline", "açúcar"])
def test_unusable_token_is_named(token):
    client = CloudApi("200", token, api_url=URL, session=FakeSession())
    assert fails(client, "send", {}).code == "token"


CONTENT = b"picture"
HASH = base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()


def test_download_checks_and_returns():
    info = {
        "url": "https://files.example/x",
        "mime_type": "image/jpeg; a",
        "sha256": HASH,
        "file_size": 7,
    }
    client = api((200, info), (200, CONTENT))
    found = client.media_info("123")
    assert (found.mimetype, found.size) == ("image/jpeg", 7)
    assert client.download(found, 100) == CONTENT
    assert sent_requests(client)[0].url.endswith("/v25.0/123?phone_number_id=200")


def test_hash_may_be_hex():
    hexed = hashlib.sha256(CONTENT).hexdigest()
    assert api((200, CONTENT)).download(MediaInfo("https://files.example/x", sha256=hexed), 100)


@pytest.mark.parametrize(
    ("info", "limit", "answer", "code"),
    [
        (MediaInfo("https://files.example/x", sha256=HASH), 100, (200, b"other"), "media_hash"),
        (MediaInfo("https://files.example/x", sha256="?"), 100, (200, CONTENT), "media_hash"),
        (MediaInfo("https://files.example/x", size=101), 100, None, "media_size"),
        (MediaInfo("https://files.example/x"), 6, (200, CONTENT), "media_size"),
        (MediaInfo("https://files.example/x"), 100, (404, b""), "media_gone"),
        (MediaInfo("https://files.example/x"), 100, (302, b""), "redirect"),
    ],
)
def test_download_refusals(info, limit, answer, code):
    assert fails(api(*([answer] if answer else [])), "download", info, limit).code == code


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/x",
        "http://files.example/x",
        "https://files.example:8443/x",
        "https://files.example@evil.example/x",
        "https://evil.example\\@files.example/x",
        "https://files.example.evil.example/x",
        "http://graph.example/x",
        "ftp://files.example/x",
        "",
        "nonsense",
    ],
)
def test_token_never_goes_to_a_foreign_host(url):
    client = api()
    assert fails(client, "download", MediaInfo(url), 100).code == "foreign_host"
    assert sent_requests(client) == []


def test_api_address_itself_serves_media():
    local = CloudApi("200", TOKEN, api_url="http://127.0.0.1:8071")
    assert local.is_allowed("http://127.0.0.1:8071/media/1")
    assert not local.is_allowed("http://127.0.0.1:8072/media/1")


@pytest.mark.parametrize("media_id", ["", "../me", "1/2", "1?x", "1#"])
def test_media_id_never_changes_the_path(media_id):
    client = api()
    assert fails(client, "media_info", media_id).code == "media_gone"
    assert sent_requests(client) == []


@pytest.mark.parametrize(
    "answer", [(404, b""), (400, error_body(100)), (400, error_body(100, error_subcode=33))]
)
def test_expired_media_is_gone(answer):
    assert fails(api(answer), "media_info", "123").code == "media_gone"


def test_upload():
    client = api((200, {"id": "9"}))
    assert client.upload(b"x", "a.pdf", "application/pdf") == "9"
    body = sent_requests(client)[0].body
    assert b'name="messaging_product"' in body and b'filename="a.pdf"' in body


def test_templates_follow_pages():
    first = {"data": [{"name": "a"}], "paging": {"next": "x", "cursors": {"after": "c"}}}
    client = api((200, first), (200, {"data": [{"name": "b"}], "paging": {}}))
    assert [t["name"] for t in client.templates("300")] == ["a", "b"]
    assert "after=c" in sent_requests(client)[1].url
