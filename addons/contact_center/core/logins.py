"""How tries to log in are counted: under which keys, and how many of each are allowed."""

import ipaddress
from dataclasses import dataclass

ANY = "*"
# What is typed may be anything, also megabytes of it
_LONGEST = 200
# An IPv6 subscriber has a whole network of addresses: each of them would be a new start
_IPV6_NETWORK = 64
# So many times the tries of one login from one address are allowed for one login from all
# addresses, and for all logins from one address
_EVERYWHERE = 10


@dataclass(frozen=True)
class Counter:
    """One row that counts wrong tries.

    `rolling`: the time begins anew with each try; otherwise it runs from the first one, so that
    the slips of a whole office on one day do not add up.
    """

    kind: str
    login: str
    source: str
    limit: int
    rolling: bool


def login_key(login: object) -> str:
    """Return what stands for a login: text without control characters, and not too long."""
    words = "".join(character for character in str(login or "") if character.isprintable())
    return words[:_LONGEST]


def source_key(address: str | None) -> str:
    """Return what stands for an address: an IPv6 address by its network, "" for none."""
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
    """Return the counters of one try, from the narrowest to the widest.

    :param kind: what is guessed: "password", "code", "key", "reset"
    :param attempts: tries allowed for one login from one address
    """
    login, source = login_key(login), source_key(address)
    many = attempts * _EVERYWHERE
    if kind == "key":
        # A key names no login, and is too long to be guessed
        return [Counter(kind, ANY, source, many, rolling=False)]
    return [
        Counter(kind, login, source, attempts, rolling=True),
        Counter(kind, login, ANY, many, rolling=False),
        Counter(kind, ANY, source, many, rolling=False),
    ]
