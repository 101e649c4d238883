"""Agents with Discuss open: a session of the web client and its websocket each."""

import contextlib
import itertools
import json
import re
import threading
import time

import websocket

from devtools.odoo_client import OdooClient

CLOCK = re.compile(r"bench-[0-9a-f]+-\d+")
"""The mark of a message that is measured; it stands in its text."""


class Screen:
    """One agent's open screen.

    :param client: the agent's session
    :param websocket_url: where the web client opens its websocket
    """

    def __init__(self, client: OdooClient, websocket_url: str):
        self.client = client
        self.seen: dict[str, float] = {}
        self.problem = ""
        self._url = websocket_url
        self._socket: websocket.WebSocket | None = None
        self._closing = False
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def open(self) -> None:
        """Connect and subscribe as the web client does, then listen in a thread."""
        self._socket = websocket.create_connection(
            self._url,
            timeout=60,
            cookie=f"session_id={self.client.session_id}",
            origin=self.client.url,
        )
        request = {"event_name": "subscribe", "data": {"channels": [], "last": 0}}
        self._socket.send(json.dumps(request))
        self._socket.settimeout(None)
        self._thread.start()

    def close(self) -> None:
        """Close the window."""
        self._closing = True
        if self._socket:
            with contextlib.suppress(OSError, websocket.WebSocketException):
                self._socket.close()

    def _listen(self) -> None:
        """Note when each marked message comes as a new message of a conversation."""
        while True:
            try:
                frame = self._socket.recv()
            except (OSError, websocket.WebSocketException) as error:
                if not self._closing:
                    self.problem = f"{type(error).__name__}: {error}"
                return
            now = time.time()
            if not frame:
                if not self._closing:
                    self.problem = "the server closed the websocket"
                return
            for mark in marks(frame):
                self.seen.setdefault(mark, now)


def marks(frame: str | bytes) -> list[str]:
    """Return marks of the new messages that a frame of the websocket brings."""
    text = frame.decode() if isinstance(frame, bytes) else frame
    if not CLOCK.search(text):
        return []
    found = (
        CLOCK.findall(json.dumps(notification["message"]["payload"]))
        for notification in json.loads(text)
        if notification["message"]["type"] == "discuss.channel/new_message"
    )
    return list(itertools.chain.from_iterable(found))
