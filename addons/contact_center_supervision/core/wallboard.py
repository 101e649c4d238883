# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a wallboard may show, where, and to whom.

Two modes: the city's screen shows goals and colours; a screen on the floor, before the agents,
shows nothing that hurries them (NR-17, annex II) and no colours. No screen shows a single person.
"""

import hashlib
import ipaddress
import secrets
from datetime import datetime

CITY, FLOOR = "city", "floor"
# More figures than this cannot be read at five metres.
MOST_FIGURES = 12
# Waiting citizens, long waits and levels of the moment would drive people to hurry.
CALM = frozenset({"in_service", "free", "logged_in", "answered", "level_day", "clock"})
# A link lives at most so many days.
LONGEST_DAYS = 366


def allowed(kind: str, mode: str) -> bool:
    """Return whether a figure may stand on a screen of this mode.

    >>> allowed("waiting", CITY), allowed("waiting", FLOOR), allowed("level_day", FLOOR)
    (True, False, True)
    """
    return mode == CITY or kind in CALM


def new_token() -> str:
    """Return a fresh secret for a screen's link: 256 bits, fit for an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what the database keeps of a token.

    It is random and long: a plain hash cannot be turned back, and needs no salt.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def networks(text: str) -> list:
    """Return the networks of a list of addresses, one per line or between commas.

    :raise ValueError: a word is no address; it is the error's text

    >>> networks("10.1.2.3, 192.168.0.0/16")
    [IPv4Network('10.1.2.3/32'), IPv4Network('192.168.0.0/16')]
    """
    found = []
    for word in text.replace(",", " ").replace(";", " ").split():
        try:
            found.append(ipaddress.ip_network(word, strict=False))
        except ValueError as error:
            raise ValueError(word) from error
    return found


def admits(text: str, address: str) -> bool:
    """Return whether a screen at this address may ask; an empty list admits all.

    >>> admits("10.0.0.0/8", "10.1.2.3"), admits("10.0.0.0/8", "11.1.2.3"), admits("", "11.1.2.3")
    (True, False, True)
    """
    allowed_networks = networks(text)
    if not allowed_networks:
        return True
    try:
        there = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(there, "ipv4_mapped", None)
    there = mapped or there
    return any(there in network for network in allowed_networks)


def is_over(expires_at: datetime | None, now: datetime) -> bool:
    """Return whether a link has run out; without an end it is as if it had.

    >>> is_over(datetime(2026, 1, 2), datetime(2026, 1, 1)), is_over(None, datetime(2026, 1, 1))
    (False, True)
    """
    return expires_at is None or now >= expires_at


def standing(level: int | bool, goal: int) -> str:
    """Return how a service level stands to its goal.

    It is "good", "near" (by five points), "bad", "".

    >>> standing(85, 80), standing(77, 80), standing(60, 80), standing(False, 80)
    ('good', 'near', 'bad', '')
    """
    if level is False:
        return ""
    if level >= goal:
        return "good"
    return "near" if level >= goal - 5 else "bad"


def waiting_standing(seconds: int, goal: int) -> str:
    """Return how the longest wait stands to the goal: "good", "near" or "bad".

    >>> waiting_standing(10, 300), waiting_standing(250, 300), waiting_standing(301, 300)
    ('good', 'near', 'bad')
    """
    if seconds >= goal:
        return "bad"
    return "near" if seconds >= goal * 0.75 else "good"


def minutes(seconds: int) -> str:
    """Return a duration as it is read from afar: minutes and seconds, then hours.

    >>> minutes(65), minutes(3725)
    ('1:05', '1h02')
    """
    if seconds >= 3600:
        return f"{seconds // 3600}h{seconds % 3600 // 60:02}"
    return f"{seconds // 60}:{seconds % 60:02}"
