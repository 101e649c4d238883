# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Check that a webhook call comes from the GLPI that shares a secret with us.

GLPI 11 signs `body + timestamp` (src/Webhook.php): HMAC-SHA256 in hexadecimal digits.
"""

import hashlib
import hmac

SIGNATURE = "X-GLPI-signature"
TIMESTAMP = "X-GLPI-timestamp"


def sign(secret: str, body: bytes, timestamp: str) -> str:
    """Return the signature that belongs to a body.

    >>> len(sign("secret", b"{}", "1763727600"))
    64
    """
    return hmac.new(secret.encode(), body + timestamp.encode(), hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, timestamp: str, signature: str) -> bool:
    """Return whether the signature is right, in constant time, also without a secret.

    The age does not matter: a call only triggers reading, and GLPI may send one late.
    """
    expected = sign(secret, body, timestamp or "")
    given = (signature or "").strip().removeprefix("sha256=").lower()
    return hmac.compare_digest(expected.encode(), given.encode()) and bool(secret)
