# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Signature of Meta's webhook calls (header ``X-Hub-Signature-256``).

Meta signs the raw bytes of the body, in which characters above U+007F are written ``\\uXXXX``.
Never parse and serialise again before checking: the bytes would differ.
Source: Meta, "Create a webhook endpoint", validating payloads.
"""

import hashlib
import hmac
from collections.abc import Iterable

HEADER = "X-Hub-Signature-256"
_PREFIX = "sha256="
_HEX_DIGITS = frozenset("0123456789abcdef")


def sign(secret: str, body: bytes) -> str:
    """Return the value of the header for ``body`` signed with the app secret."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return _PREFIX + digest


def matching_secret(secrets: Iterable[str], body: bytes, header: str | None) -> str | None:
    """Return the secret which made ``header`` for ``body``, or None.

    Every secret is tried, in constant time each, so that the time taken tells nothing about which
    one matched. Empty secrets never match: an account without secret cannot be written to.
    """
    given = (header or "").strip()
    well_formed = (
        given.startswith(_PREFIX)
        and len(given) == len(_PREFIX) + 64
        and _HEX_DIGITS.issuperset(given[len(_PREFIX) :])
    )
    if not well_formed:
        return None
    found = None
    for secret in secrets:
        if secret and hmac.compare_digest(sign(secret, body), given):
            found = secret
    return found
