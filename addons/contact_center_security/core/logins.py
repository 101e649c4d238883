# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How login attempts are counted: under which keys, how many for each."""

import ipaddress
from dataclasses import dataclass

ANY = "*"
# Input may be anything, including megabytes of it
_LONGEST = 200
# An IPv6 subscriber has a whole network: each of its addresses would reset the count
_IPV6_NETWORK = 64
# Multiples of the attempts of one login from one address: for one login from all addresses, and for
# all logins from one address
_EVERYWHERE = 10


@dataclass(frozen=True)
class Counter:
    """A row that counts failed attempts.

    `rolling`: the period restarts with each attempt; otherwise it runs from the first one, so that
    a whole office's slips on one day do not add up.
    """

    kind: str
    login: str
    source: str
    limit: int
    rolling: bool


def login_key(login: object) -> str:
    """Return the key of a login: text without control characters, limited in length."""
    words = "".join(character for character in str(login or "") if character.isprintable())
    return words[:_LONGEST]


def source_key(address: str | None) -> str:
    """Return the key of an address: an IPv6 address by its network, "" for none."""
    try:
        parsed = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return (address or "")[:_LONGEST]
    mapped = getattr(parsed, "ipv4_mapped", None)
    if mapped:
        return str(mapped)
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))


def counters(kind: str, login: object, address: str | None, attempts: int) -> list[Counter]:
    """Return the counters of one attempt, from narrowest to widest.

    :param kind: what is guessed: "password", "code", "key", "reset"
    :param attempts: attempts allowed for one login from one address
    """
    login, source = login_key(login), source_key(address)
    many = attempts * _EVERYWHERE
    if kind == "key":
        # A key reveals no login, and is too long to be guessed
        return [Counter(kind, ANY, source, many, rolling=False)]
    return [
        Counter(kind, login, source, attempts, rolling=True),
        Counter(kind, login, ANY, many, rolling=False),
        Counter(kind, ANY, source, many, rolling=False),
    ]
