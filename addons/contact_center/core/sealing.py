# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Secrets as the database holds them: sealed with a key that is not in it.

Sealed by Fernet (AES-128 in CBC mode with an HMAC, both checked when it is opened). A ring of keys
seals with its newest key and opens with any, so that keys can be changed while the server works:
add a key, seal everything anew, drop the old key.
"""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

KEYS_VARIABLE = "CONTACT_CENTER_SECRET_KEYS"
"""Environment variable with the keys themselves, the newest first, separated by blanks."""
FILE_VARIABLE = "CONTACT_CENTER_SECRET_KEYS_FILE"
"""Environment variable with the path of the file that holds the keys."""
FILE_NAME = "contact_center_secret_keys"
"""The file in Odoo's data folder that is used where neither variable is set."""
# Tells what is sealed from what an earlier version kept in the clear.
_PREFIX = "sealed:1:"
_KEPT = 1000


class KeyProblem(Exception):
    """A secret can be neither sealed nor opened.

    :ivar kind: ``missing`` (there is no key), ``malformed`` (what is there is no key) or
        ``unknown`` (it was sealed with a key that is not on the ring)
    """

    def __init__(self, kind: str) -> None:
        super().__init__(f"key of stored secrets: {kind}")
        self.kind = kind


def new_key() -> str:
    """Return a new random key as it stands in a file of keys."""
    return Fernet.generate_key().decode()


def is_sealed(stored: str) -> bool:
    """Return whether a stored value is sealed, with whatever key.

    >>> is_sealed("EAAB"), is_sealed("sealed:1:gAAAA")
    (False, True)
    """
    return stored.startswith(_PREFIX)


class KeyRing:
    """Keys, the newest first: seals with that one, opens with any of them."""

    def __init__(self, keys: list[str]) -> None:
        """Take the keys.

        :raise KeyProblem: there is none, or one of them is no key
        """
        if not keys:
            raise KeyProblem("missing")
        try:
            found = [Fernet(key) for key in keys]
        except ValueError:  # its message would quote the key: neither kept nor chained
            found = []
        if not found:
            raise KeyProblem("malformed")
        self._newest, self._all = found[0], MultiFernet(found)

    def seal(self, text: str) -> str:
        """Return the text sealed with the newest key; never the same twice."""
        return _PREFIX + self._newest.encrypt(text.encode()).decode()

    def open(self, stored: str) -> str:
        """Return what was sealed; what is not sealed as it is.

        :raise KeyProblem: it was sealed with another key, or was tampered with
        """
        return self._open(self._all, stored) if is_sealed(stored) else stored

    def is_newest(self, stored: str) -> bool:
        """Return whether the value is sealed with the newest key."""
        try:
            return is_sealed(stored) and self._open(self._newest, stored) is not None
        except KeyProblem:
            return False

    @staticmethod
    def _open(fernet: Fernet | MultiFernet, stored: str) -> str:
        try:
            return fernet.decrypt(stored[len(_PREFIX) :].encode()).decode()
        except InvalidToken:
            raise KeyProblem("unknown") from None


def read_keys(text: str) -> list[str]:
    """Return the keys of a file: one a line, the newest first; ``#`` begins a comment.

    >>> read_keys("# since May\\nb\\n\\na  # until May\\n")
    ['b', 'a']
    """
    return [key for line in text.splitlines() for key in line.partition("#")[0].split()]


@dataclass(frozen=True)
class KeySource:
    """The source of the keys: the environment, else a file."""

    keys: str
    path: Path

    @classmethod
    def of(cls, environ: Mapping[str, str], data_dir: str) -> "KeySource":
        """Return where the keys of a server are looked for.

        :param data_dir: Odoo's data folder
        """
        named = environ.get(FILE_VARIABLE)
        path = Path(named) if named else Path(data_dir) / FILE_NAME
        return cls(environ.get(KEYS_VARIABLE, ""), path)

    def stamp(self) -> tuple:
        """Return a value that changes when the keys do; costs one look at the file."""
        if self.keys.strip():
            return (self.keys,)
        try:
            found = self.path.stat()
        except OSError:
            return ()
        return (found.st_mtime_ns, found.st_size, found.st_ino)

    def read(self) -> KeyRing:
        """Return the keys.

        :raise KeyProblem: there are none, or none that can be read
        """
        if self.keys.strip():
            return KeyRing(read_keys(self.keys))
        try:
            text = self.path.read_text(encoding="ascii")
        except OSError:
            raise KeyProblem("missing") from None
        except UnicodeDecodeError:
            raise KeyProblem("malformed") from None
        return KeyRing(read_keys(text))

    def add(self, key: str) -> None:
        """Put a new key on top of the file; the others stay, to open what they sealed.

        The file is written in place: a file that is mounted into a container stays the same one.

        :raise OSError: the file cannot be written
        """
        before = self.path.read_text(encoding="ascii") if self.path.exists() else ""
        self._write(f"{key}\n{before}")

    def forget_old(self) -> int:
        """Drop all keys but the newest from the file, and return how many went.

        :raise KeyProblem: there are no keys
        """
        keys = read_keys(self.path.read_text(encoding="ascii")) if self.path.exists() else []
        KeyRing(keys)
        self._write(f"{keys[0]}\n")
        return len(keys) - 1

    def _write(self, text: str) -> None:
        with open(self.path, "w", encoding="ascii", opener=_private) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())


def _private(path, flags):
    return os.open(path, flags, 0o600)


class Vault:
    """Seals and opens with the keys of a source.

    What was opened is kept in this process' memory.

    A value that was opened before costs one look into a dictionary. One that was not, and each
    sealing, looks first whether the file of keys has changed: a change of keys needs no restart.
    """

    def __init__(self, source: KeySource) -> None:
        self.source = source
        self._opened: dict[str, str] = {}
        self._ring: KeyRing | None = None
        self._stamp: tuple = ()
        self._lock = threading.Lock()

    def ring(self) -> KeyRing:
        """Return the keys as they are now.

        :raise KeyProblem: there are none
        """
        stamp = self.source.stamp()
        with self._lock:
            if self._ring is None or stamp != self._stamp:
                self._ring, self._stamp = None, stamp
                self._ring = self.source.read()
            return self._ring

    def seal(self, text: str) -> str:
        """Return the text sealed with the newest key.

        :raise KeyProblem: there is no key
        """
        return self.ring().seal(text)

    def open(self, stored: str) -> str:
        """Return what a stored value holds.

        :raise KeyProblem: there is no key for it
        """
        text = self._opened.get(stored)
        if text is None:
            text = self.ring().open(stored) if is_sealed(stored) else stored
            if len(self._opened) >= _KEPT:
                self._opened.clear()
            self._opened[stored] = text
        return text
