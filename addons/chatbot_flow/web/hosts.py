# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The hosts that may be called, and the addresses behind them.

A user who enters a URL in a form must not reach what only the server can reach: its own ports, the
database, a cloud's metadata. So a host has to be listed, and the address actually connected to has
to be public, unless it is in the list itself ("10.1.0.5", "10.1.0.0/16").
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)


@dataclass(frozen=True)
class Allowed:
    """The hosts that may be called.

    :ivar names: host names, lower case; one that begins with a dot includes all subdomains :ivar
    networks: non-public addresses that may be connected to
    """

    names: frozenset[str] = frozenset()
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = field(default=())

    def host(self, name: str) -> bool:
        """Return whether a host may be called, by its name or address."""
        name = name.lower().rstrip(".")
        if name in self.names or any(
            name.endswith(own) for own in self.names if own.startswith(".")
        ):
            return True
        address = _address(name)
        return address is not None and any(address in network for network in self.networks)

    def address(self, text: str) -> bool:
        """Return whether an address may be connected to."""
        address = _address(text)
        if address is None:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        address = mapped or address
        if any(address in network for network in self.networks):
            return True
        return address.is_global and not address.is_multicast


def read_allowed(words: Iterable[str]) -> tuple[Allowed, list[str]]:
    """Parse a typed list; return it, and the words that are no host nor address.

    >>> allowed, wrong = read_allowed(["viacep.com.br", "10.1.0.0/16", "http://x"])
    >>> allowed.host("viacep.com.br"), allowed.host("example.com"), wrong
    (True, False, ['http://x'])
    """
    names, networks, wrong = set(), [], []
    for raw in words:
        word = raw.strip().lower()
        if not word:
            continue
        network = _network(word)
        if network is not None:
            networks.append(network)
        elif _HOST.fullmatch(word.removeprefix(".")) and len(word) <= 253:
            names.add(word)
        else:
            wrong.append(raw.strip())
    return Allowed(frozenset(names), tuple(networks)), wrong


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
