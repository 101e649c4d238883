"""Telephone numbers and user ids as WhatsApp gives them out."""

import base64
import hashlib
import re
import secrets

BSUID = re.compile(r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$")
_BRAZIL_MOBILE = re.compile(r"^55([1-9][1-9])(9?)([6-9]\d{7})$")


def wa_id(number, ninth_digit="folk"):
    """Return the wa_id of a number as typed (`+55 31 98888-7777` -> `553188887777`).

    With "folk", Brazilian mobiles of area codes below 31 have the ninth digit and the others have
    not; landlines and other countries stay as they are. Raises ValueError if it is no number.
    """
    digits = re.sub(r"[\s().+-]", "", str(number))
    if not re.fullmatch(r"[0-9]{8,15}", digits):
        raise ValueError(f"not a telephone number: {number!r}")
    mobile = _BRAZIL_MOBILE.match(digits)
    if ninth_digit == "keep" or not mobile:
        return digits
    area, _ninth, local = mobile.groups()
    return f"55{area}{'9' if int(area) < 31 else ''}{local}"


def user_id(number):
    """Return the business-scoped user id that belongs to a wa_id; always the same one."""
    digest = hashlib.sha256(f"sandbox:{number}".encode()).hexdigest()
    return f"BR.{int(digest[:16], 16):020d}"


def new_wamid():
    """Return an id as Meta's: opaque, base64, unique."""
    return "wamid." + base64.b64encode(b"\x1d\x18SANDBOX" + secrets.token_bytes(18)).decode()
