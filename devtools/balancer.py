"""A balancer of TCP connections before several servers, in place of the real one.

It knows nothing of HTTP: a connection goes to the next server that takes it and stays there. In
production the proxies of docker-compose.ha.yml do this, and they also try a request again.
"""

from __future__ import annotations

import contextlib
import itertools
import socket
import socketserver
import threading
from collections.abc import Sequence

CONNECT_SECONDS = 2.0
CHUNK = 65536


class _Connection(socketserver.BaseRequestHandler):
    """One connection from its beginning to its end."""

    def handle(self) -> None:
        """Carry bytes both ways until one side has ended."""
        server = self.server.connect()
        if server is None:
            return  # nobody is there: the caller sees its connection closed
        with server:
            back = threading.Thread(target=_carry, args=(server, self.request), daemon=True)
            back.start()
            _carry(self.request, server)
            back.join()


def _carry(source: socket.socket, target: socket.socket) -> None:
    """Carry bytes one way; when nothing more comes, or one side is gone, end this way."""
    with contextlib.suppress(OSError):
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
    with contextlib.suppress(OSError):
        source.shutdown(socket.SHUT_RD)


class Balancer(socketserver.ThreadingTCPServer):
    """Listens on one port of this machine and deals connections out in turn.

    >>> with Balancer(8069, [8070, 8071]):                       # doctest: +SKIP
    ...     input("both answer on 8069")

    :ivar targets: ports of the servers; may be replaced while it works
    """

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, targets: Sequence[int]):
        """Listen at once.

        :param port: where
        :param targets: ports of the servers
        """
        self.targets = tuple(targets)
        self._turn = itertools.count()
        super().__init__(("127.0.0.1", port), _Connection)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    def connect(self) -> socket.socket | None:
        """Return a connection to the next server that takes one; None when none does."""
        first, targets = next(self._turn), self.targets
        for place in range(len(targets)):
            port = targets[(first + place) % len(targets)]
            with contextlib.suppress(OSError):
                found = socket.create_connection(("127.0.0.1", port), CONNECT_SECONDS)
                found.settimeout(None)
                return found
        return None

    def handle_error(self, request, client_address) -> None:
        """Say nothing: a connection that breaks is what tests are about."""

    def server_close(self) -> None:
        """Listen no more; connections that are open end with their servers."""
        self.shutdown()
        super().server_close()
