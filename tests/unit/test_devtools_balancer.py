"""devtools/balancer.py: connections in turn, a server that is gone is passed."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from devtools.balancer import Balancer
from devtools.checks import free_port


class Echo:
    """A server that says its name and then whatever it is told."""

    def __init__(self, name: bytes):
        self.name = name
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self.listener.accept()
                self.open.append(connection)
                threading.Thread(target=self._echo, args=(connection,), daemon=True).start()

    def _echo(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(self.name)
            while words := connection.recv(100):
                connection.sendall(words)
            connection.close()

    def die(self) -> None:
        """Take no more connections and drop those that are open."""
        # A thread that waits for a connection would keep the port
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


@pytest.fixture
def servers() -> Iterator[tuple[Echo, Echo]]:
    """Two servers."""
    found = Echo(b"a"), Echo(b"b")
    yield found
    for server in found:
        with contextlib.suppress(OSError):
            server.die()


@pytest.fixture
def balancer(servers: tuple[Echo, Echo]) -> Iterator[Balancer]:
    """Start the balancer in front of both."""
    with Balancer(free_port(), [server.port for server in servers]) as running:
        yield running


Ask = Callable[[], socket.socket]


@pytest.fixture
def ask(balancer: Balancer) -> Iterator[Ask]:
    """Return what opens a connection to the balancer; all are closed at the end."""
    with contextlib.ExitStack() as stack:
        address = balancer.server_address
        yield lambda: stack.enter_context(socket.create_connection(address, 10))


def test_connections_are_dealt_out_in_turn(ask: Ask) -> None:
    connections = [ask() for _number in range(4)]
    assert sorted(one.recv(1) for one in connections) == [b"a", b"a", b"b", b"b"]
    for one in connections:
        one.sendall(b"what?")
        one.shutdown(socket.SHUT_WR)
        assert b"".join(iter(lambda one=one: one.recv(100), b"")) == b"what?"


def test_a_server_that_is_gone_is_passed(ask: Ask, servers: tuple[Echo, Echo]) -> None:
    there = [ask() for _number in range(2)]
    of_b = next(one for one in there if one.recv(1) == b"b")
    servers[1].die()
    assert of_b.recv(1) == b""
    assert {ask().recv(1) for _number in range(4)} == {b"a"}


def test_new_connections_can_be_steered(
    ask: Ask, balancer: Balancer, servers: tuple[Echo, Echo]
) -> None:
    balancer.targets = (servers[1].port,)
    assert {ask().recv(1) for _number in range(3)} == {b"b"}


def test_nobody_there_ends_the_connection(ask: Ask, servers: tuple[Echo, Echo]) -> None:
    for server in servers:
        server.die()
    assert ask().recv(1) == b""
