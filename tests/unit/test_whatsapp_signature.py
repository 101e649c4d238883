"""Signatures: Meta's way, over raw bytes, nothing but an exact match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api.signature import matching_secret, sign

PLAIN = b'{"object":"whatsapp_business_account","entry":[]}'
SPACED = b'{"object": "whatsapp_business_account", "entry": []}'
VECTORS = [
    ("test_app_secret", PLAIN, "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"),
    ("test_app_secret", SPACED, "56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a"),
    ("otro_secreto", PLAIN, "769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7"),
]


@pytest.mark.parametrize(("secret", "body", "digest"), VECTORS)
def test_known_vectors(secret, body, digest):
    assert sign(secret, body) == f"sha256={digest}"
    assert matching_secret(["x", secret, "y"], body, f"sha256={digest}") == secret


@pytest.mark.parametrize(
    "header",
    [None, "", "sha256=", "sha256=" + "0" * 63, "sha1=" + "0" * 64, "0" * 64, "sha256=" + "é" * 64],
)
def test_malformed_headers_never_match(header):
    assert matching_secret(["test_app_secret"], PLAIN, header) is None


def test_truncated_and_foreign_signatures_never_match():
    good = sign("test_app_secret", PLAIN)
    for bad in (good[:-1], good[:40], good + "0", good.upper(), sign("other", PLAIN)):
        assert matching_secret(["test_app_secret"], PLAIN, bad) is None


def test_whitespace_changed_after_signing_is_refused():
    assert matching_secret(["test_app_secret"], SPACED, sign("test_app_secret", PLAIN)) is None


def test_account_without_secret_never_matches():
    assert matching_secret(["", ""], PLAIN, sign("", PLAIN)) is None


def test_escaped_and_raw_unicode_are_different_bodies():
    escaped, raw = b'{"t":"\\u00e7"}', '{"t":"ç"}'.encode()
    assert matching_secret(["s"], escaped, sign("s", escaped)) == "s"
    assert matching_secret(["s"], raw, sign("s", raw)) == "s"
    assert matching_secret(["s"], raw, sign("s", escaped)) is None


@given(st.binary(max_size=500), st.text(min_size=1, max_size=40))
def test_own_signature_matches_and_one_changed_byte_does_not(body, secret):
    secret = secret.encode("utf-8", "ignore").decode() or "s"
    header = sign(secret, body)
    assert matching_secret([secret], body, header) == secret
    assert matching_secret([secret], body + b" ", header) is None


@given(st.text(max_size=100))
def test_any_header_is_answered(header):
    assert matching_secret(["secret"], PLAIN, header) is None
