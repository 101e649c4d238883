# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Certificates of a city's own authority: checked, and provided to `requests`."""

import functools
import hashlib
import os
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import certifi
from cryptography.x509 import load_pem_x509_certificates

from .errors import GlpiAuth


def check_certificates(pem, now=None):
    """Return the names (subjects) of the certificates in a PEM file.

    :param pem: bytes of the file; :param now: aware datetime, by default the present
    :raises GlpiAuth: kind "certificate_key" when a private key is among them (it must not leave its
        server), "certificate_none" without any, "certificate_unreadable", "certificate_expired"
    """
    if b"PRIVATE KEY-----" in pem:
        raise GlpiAuth("certificate_key")
    if b"-----BEGIN CERTIFICATE-----" not in pem:
        raise GlpiAuth("certificate_none")
    try:
        certificates = load_pem_x509_certificates(pem)
    except ValueError as error:
        raise GlpiAuth("certificate_unreadable", str(error).partition("\n")[0]) from None
    now = now or datetime.now(timezone.utc)
    for certificate in certificates:
        if certificate.not_valid_after_utc < now:
            raise GlpiAuth("certificate_expired", certificate.subject.rfc4514_string())
    return [certificate.subject.rfc4514_string() for certificate in certificates]


@functools.lru_cache(maxsize=64)
def _file_of(digest, pem):
    """Return the path of a file with the public authorities and these; written once per process."""
    handle, path = tempfile.mkstemp(prefix=f"glpi-ca-{digest[:12]}-", suffix=".pem")
    with os.fdopen(handle, "wb") as target:
        target.write(Path(certifi.where()).read_bytes() + b"\n" + pem)
    return path


def bundle_file(pem):
    """Return the path of a CA file for `requests`.

    It has the public authorities and those of `pem`.
    """
    path = _file_of(hashlib.sha256(pem).hexdigest(), pem)
    if not os.path.exists(path):  # someone has cleaned up /tmp
        _file_of.cache_clear()
        path = _file_of(hashlib.sha256(pem).hexdigest(), pem)
    return path
