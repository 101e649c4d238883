"""The simulated Cloud API: faults on demand, media, and memory that stays small."""

import base64
import hashlib
import time

import pytest
import requests

from sandbox.client import SandboxError
from sandbox.meta import MetaSandbox
from tests.unit.sandbox_meta_helpers import error, wamid

JPEG = b"\xff\xd8\xff" + b"photo" * 20


def test_error_by_code_and_count(api, meta, maria):
    maria.control.faults(error={"code": 130429, "http": 429, "count": 2})
    assert error(api.text()) == (429, 130429)
    assert error(api.text()) == (429, 130429)
    wamid(api.text())
    assert len(maria.messages()) == 1
    maria.control.faults(error={"code": 131000})
    assert error(api.text()) == (500, 131000)
    maria.control.call("DELETE", "/control/faults")
    wamid(api.text())


def test_error_that_comes_as_a_failed_status(webhook, api, maria):
    maria.control.faults(error={"code": 131049, "count": 1, "async": True})
    sent = wamid(api.text())
    [status] = webhook.wait(webhook.statuses)
    assert (status["id"], status["status"]) == (sent, "failed")
    assert status["errors"][0]["code"] == 131049


@pytest.mark.parametrize("after_accept", [True, False])
def test_send_timeout(webhook, api, maria, after_accept):
    fault = {"after_accept": after_accept, "count": 1, "seconds": 0.4}
    maria.control.faults(send_timeout=fault)
    with pytest.raises(requests.Timeout):
        api.text(biz_opaque_callback_data="id-1", timeout=0.2)
    maria.control.wait_idle()
    assert len(maria.messages()) == int(after_accept)
    found = {status["biz_opaque_callback_data"] for status in webhook.statuses()}
    assert found == ({"id-1"} if after_accept else set())
    wamid(api.text(timeout=0.2))


def test_connection_is_cut_when_the_timeout_is_over(api, maria):
    maria.control.faults(send_timeout={"count": 1, "seconds": 0.05})
    with pytest.raises(requests.ConnectionError):
        api.text(timeout=3)


def test_duplicates(webhook, api, maria):
    maria.control.faults(duplicate_webhooks=2)
    sent = maria.send_text("oi")
    webhook.wait(lambda: len(webhook.messages()) == 3)
    assert {message["id"] for message in webhook.messages()} == {sent}
    api.text()
    webhook.wait(lambda: len(webhook.statuses()) == 6)


def test_disorder_of_citizens_messages_can_be_sorted_out(webhook, maria):
    maria.control.faults(disorder=True)
    maria.send_text("um")
    maria.send_text("dois")
    webhook.wait(lambda: len(webhook.messages()) == 2)
    found = webhook.messages()
    assert [message["text"]["body"] for message in found] == ["dois", "um"]
    found.sort(key=lambda message: int(message["timestamp"]))
    assert [message["text"]["body"] for message in found] == ["um", "dois"]


def test_disorder_of_statuses(webhook, api, maria):
    maria.control.faults(disorder=True)
    answered = time.time()
    api.text()
    answered = time.time() - answered
    assert answered >= 0.15
    assert [status["status"] for status in webhook.statuses()] == ["delivered"]
    api.text()
    maria.read()
    webhook.wait(lambda: len(webhook.statuses()) == 6)
    second = webhook.statuses()[-1]["id"]
    order = [status["status"] for status in webhook.statuses() if status["id"] == second]
    assert order == ["read", "sent", "delivered"]


def test_token_expired_and_down(webhook, api, maria):
    maria.control.faults(token_expired=True)
    refused = api.text()
    assert error(refused) == (401, 190)
    assert refused.json()["error"]["error_subcode"] == 463
    maria.control.faults(down=True)
    assert api.text().status_code == 503
    maria.send_text("oi")
    time.sleep(0.1)
    assert webhook.posts == []
    maria.control.faults()
    webhook.wait(lambda: len(webhook.messages()) == 1)


def test_delay(api, maria):
    maria.control.faults(delay_ms=150)
    started = time.monotonic()
    api.text()
    assert time.monotonic() - started >= 0.15


def test_pair_and_number_rates(api, maria):
    maria.control.faults(pair_rate={"burst": 2, "seconds": 60})
    assert [api.text().status_code for _number in range(3)] == [200, 200, 400]
    assert error(api.text()) == (400, 131056)
    wamid(api.text(to="5531977776666"))
    maria.control.faults(number_rate={"burst": 1, "seconds": 60})
    wamid(api.text())
    assert error(api.text(to="5531977776666")) == (429, 130429)


@pytest.mark.parametrize(
    "faults", [{"explode": 1}, {"duplicate_webhooks": -1}, {"error": {}}, {"send_timeout": 3}]
)
def test_faults_that_do_not_exist_are_named(maria, faults):
    with pytest.raises(SandboxError, match="HTTP 400"):
        maria.control.faults(**faults)


def test_settings_that_do_not_exist_are_named(maria):
    for values in ({"colour": 1}, {"sent_ms": "x"}, {"ninth_digit": "maybe"}, {"sent_ms": True}):
        with pytest.raises(SandboxError, match="HTTP 400"):
            maria.control.settings(**values)


def test_media_up_and_down(api, maria):
    media_id = api.upload(JPEG, "image/jpeg", "pc.jpg").json()["id"]
    found = api.get(f"/v25.0/{media_id}").json()
    digest = base64.b64encode(hashlib.sha256(JPEG).digest()).decode()
    assert (found["sha256"], found["file_size"], found["mime_type"]) == (
        digest,
        83 + 20,
        "image/jpeg",
    )
    assert api.get(found["url"]).content == JPEG
    maria.control.settings(public_url="http://sandbox:8071/")
    assert api.get(f"/v25.0/{media_id}").json()["url"].startswith("http://sandbox:8071/whats")
    maria.control.settings(public_url="")
    assert requests.get(found["url"], timeout=5).status_code == 401
    maria.control.call("POST", f"/control/media/{media_id}/expire")
    assert api.get(found["url"]).status_code == 404
    assert api.get(api.get(f"/v25.0/{media_id}").json()["url"]).status_code == 200
    wamid(api.message("image", {"id": media_id, "caption": "veja"}))
    assert maria.media(maria.wait_text("veja")) == JPEG
    url = f"{api.meta.url}/v25.0/{media_id}"
    assert api.session.delete(url, timeout=5).json() == {"success": True}
    assert error(api.session.delete(url, timeout=5)) == (400, 100)
    assert error(api.get(f"/v25.0/{media_id}")) == (400, 100)


@pytest.mark.parametrize(
    ("content", "mimetype", "code"),
    [
        (b"MZ", "application/x-msdownload", 100),
        (b"", "image/jpeg", 100),
        (JPEG + bytes(5 * 1024 * 1024), "image/jpeg", 131053),
    ],
)
def test_uploads_refused(api, content, mimetype, code):
    assert error(api.upload(content, mimetype)) == (400, code)


@pytest.mark.parametrize(
    ("content", "mimetype", "kind"),
    [
        (b"OggS", "audio/ogg", "image"),
        (b"no jpeg", "image/jpeg", "image"),
        (b"\xff\xfb", "audio/mpeg", "audio"),
        (b"\x00\x00\x00\x20ftypisom....moov....stsd....hvc1", "video/mp4", "video"),
    ],
)
def test_unusable_media_fails_afterwards(webhook, api, content, mimetype, kind):
    media_id = api.upload(content, mimetype).json()["id"]
    wamid(api.message(kind, {"id": media_id, **({"voice": True} if kind == "audio" else {})}))
    [status] = webhook.wait(webhook.statuses)
    assert status["errors"][0]["code"] == 131053


def test_upload_without_its_parts(api, meta):
    url = f"{meta.url}{api.number}/media"
    whole = {"messaging_product": "whatsapp"}
    assert error(api.session.post(url, data=whole, timeout=5)) == (400, 100)
    files = {"file": ("a.jpg", JPEG, "image/jpeg")}
    assert error(api.session.post(url, files=files, timeout=5)) == (400, 100)


def test_memory_stays_bounded():
    with MetaSandbox(keep_messages=10, keep_media_bytes=250) as meta:
        for number in range(30):
            meta.phone(f"55319888800{number:02}").send_image(bytes(100))
        store = meta.simulation.store
        assert len(store.by_wamid) == 10
        assert sum(len(phone.messages) for phone in store.phones.values()) == 10
        assert len(store.phones) == 10
        assert len(meta.simulation.media._files) == 2


def test_stats_of_tagged_messages(api, maria):
    maria.send_text("oi", tag="t1")
    [exchange] = maria.control.stats()["exchanges"]
    assert exchange["first_answer_at"] is None
    sent = wamid(api.text(biz_opaque_callback_data="o"))
    api.text()
    [exchange] = maria.control.stats()["exchanges"]
    assert exchange["first_answer_at"] >= exchange["sent_at"]
    first, second = maria.control.accepted()
    assert (first["wamid"], first["opaque"]) == (sent, "o")
    assert exchange["first_answer_at"] == first["at"]
    assert maria.control.accepted(after=first["number"]) == [second]


def test_log_and_reset(api, maria):
    api.text()
    entry = maria.control.log()[-1]
    assert (entry["method"], entry["authorized"]) == ("POST", True)
    assert '"ol\\u00e1"' in entry["body"]
    maria.control.faults(down=True)
    maria.control.reset()
    assert maria.control.log() == []
    assert maria.messages() == []
    wamid(api.text())


def test_words_overtake_a_file_that_was_sent_before_them(webhook, api, maria):
    media_id = api.upload(JPEG, "image/jpeg", "pc.jpg").json()["id"]
    photo = wamid(api.message("image", {"id": media_id, "caption": "veja"}))
    words = wamid(api.text("Gostou?"))
    assert [message["wamid"] for message in maria.messages()] == [words, photo]
    webhook.wait(lambda: len(webhook.statuses()) == 4)
    assert [status["id"] for status in webhook.statuses()][-1] == photo
    after = wamid(api.text("Até logo."))
    assert [message["wamid"] for message in maria.messages()] == [words, photo, after]
