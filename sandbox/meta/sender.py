"""Delivers webhooks: in order for each phone, in time, again until answered 200.

A dispatcher thread holds what is due later; workers post. What belongs to one phone (its lane) is
posted by one worker at a time; what has no lane goes out at once, beside everything else.
"""

import collections
import dataclasses
import heapq
import http.client
import itertools
import queue
import secrets
import threading
import time
from urllib.parse import urlencode, urlsplit

from . import webhooks


@dataclasses.dataclass
class Item:
    """One change to deliver.

    `delivered` is called without arguments after the first 200.
    """

    change: dict
    lane: object = None
    delivered: object = None
    tries: int = 0


class Sender:
    """Posts webhooks to `settings.webhook_url`. `start()` and `stop()` it."""

    def __init__(self, settings, store, faults):
        self.settings = settings
        self.store = store
        self.faults = faults
        self._wake = threading.Condition()
        self._later = []
        self._order = itertools.count()
        self._lanes = {}
        self._ready = queue.SimpleQueue()
        self._unfinished = 0
        self._stopping = False
        self._threads = []

    def start(self):
        """Start the dispatcher and the workers."""
        names = [self._dispatch] + [self._work] * self.settings.webhook_workers
        self._threads = [threading.Thread(target=name, daemon=True) for name in names]
        for thread in self._threads:
            thread.start()

    def stop(self):
        """Stop at once; what was not delivered is lost with the simulation."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        for _thread in self._threads[1:]:
            self._ready.put(None)
        for thread in self._threads:
            thread.join(2)

    def clear(self):
        """Forget what waits."""
        with self._wake:
            self._unfinished -= len(self._later) + sum(map(len, self._lanes.values()))
            self._later.clear()
            for lane in self._lanes.values():
                lane.clear()

    @property
    def pending(self):
        """How many webhooks wait or are under way."""
        with self._wake:
            return self._unfinished

    def put(self, change, lane=None, after=0.0, delivered=None):
        """Deliver a change after some seconds.

        With the fault `duplicate_webhooks`, its copies too: the first at the same moment, beside
        the lane, the others 50 ms apart.
        """
        self._put(Item(change, lane, delivered), after)
        for number in range(self.faults.get("duplicate_webhooks") or 0):
            self._put(Item(change), after + 0.05 * number)

    def post(self, body, headers, connections=None):
        """Post bytes to the webhook now.

        Returns (status, answer); OSError if it is not there.
        """
        url = urlsplit(self.settings.webhook_url)
        kept = (connections or {}).get(url.netloc)
        connection = kept or self._connect(url)
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            **headers,
        }
        try:
            try:
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
            except (ConnectionError, http.client.BadStatusLine):
                if not kept:
                    raise
                connection.close()  # the server had closed it while it was idle: once more
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            if connections is not None:
                connections.pop(url.netloc, None)
            raise OSError(f"{type(error).__name__}: {error}") from error
        if connections is None:
            connection.close()
        else:
            connections[url.netloc] = connection
        return answer.status, text

    def challenge(self, token):
        """Ask the webhook to prove itself.

        Returns (status, answer), 200 only if it is right.
        """
        url = urlsplit(self.settings.webhook_url)
        wanted = secrets.token_hex(8)
        query = urlencode(
            {"hub.mode": "subscribe", "hub.challenge": wanted, "hub.verify_token": token}
        )
        connection = self._connect(url)
        try:
            connection.request("GET", f"{url.path or '/'}?{query}")
            answer = connection.getresponse()
            text = answer.read()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()
        if answer.status == 200 and text != wanted.encode():
            return 502, b"the challenge came back changed: " + text[:200]
        return answer.status, text

    def _connect(self, url):
        secure = url.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return kind(url.netloc, timeout=self.settings.webhook_timeout_seconds)

    def _put(self, item, after):
        with self._wake:
            self._unfinished += 1
            if after > 0 or self.faults.get("down"):
                due = time.monotonic() + after
                heapq.heappush(self._later, (due, next(self._order), item))
                self._wake.notify_all()
            else:
                self._to_lane(item)

    def _to_lane(self, item):
        key = item.lane or object()
        lane = self._lanes.get(key)
        if lane is None:
            self._lanes[key] = collections.deque([item])
            self._ready.put(key)
        else:
            lane.append(item)

    def _dispatch(self):
        with self._wake:
            while not self._stopping:
                down = self.faults.get("down")
                while self._later and not down and self._later[0][0] <= time.monotonic():
                    self._to_lane(heapq.heappop(self._later)[2])
                if down or not self._later:
                    self._wake.wait(0.1 if down else None)
                else:
                    self._wake.wait(max(self._later[0][0] - time.monotonic(), 0.001))

    def _work(self):
        connections = {}
        while (key := self._ready.get()) is not None:
            keys, items = self._take(key)
            if items:
                self._deliver(items, connections)
            with self._wake:
                self._unfinished -= len(items)
                for key in keys:
                    if self._lanes[key]:
                        self._ready.put(key)
                    else:
                        del self._lanes[key]
        for connection in connections.values():
            connection.close()

    def _take(self, key):
        """Return the items for one POST: of this lane, and of others if they fit."""
        keys, items = [], []
        while key is not None:
            keys.append(key)
            with self._wake:
                lane = self._lanes[key]
                while lane and len(items) < self.settings.webhook_batch:
                    items.append(lane.popleft())
            key = None
            if len(items) < self.settings.webhook_batch:
                try:
                    key = self._ready.get_nowait()
                except queue.Empty:
                    break
                if key is None:
                    self._ready.put(None)
        return keys, items

    def _deliver(self, items, connections):
        if not self.settings.webhook_url:
            self.store.count("webhooks_without_url", len(items))
            return
        body = webhooks.envelope([item.change for item in items], self.settings)
        headers = {"X-Hub-Signature-256": webhooks.sign(body, self.settings.app_secret)}
        started = time.time()
        try:
            status, _text = self.post(body, headers, connections)
            problem = "" if status == 200 else f"HTTP {status}"
        except OSError as error:
            status, problem = 0, str(error)
        self._note(items, started, status, problem)
        for item in items:
            if problem:
                self._again(item)
            elif item.delivered:
                item.delivered()

    def _again(self, item):
        item.tries += 1
        if item.tries >= self.settings.redelivery_tries:
            self.store.count("webhooks_given_up")
            return
        wait = self.settings.redelivery_first_seconds * 2 ** min(item.tries - 1, 20)
        self._put(item, min(wait, self.settings.redelivery_cap_seconds))

    def _note(self, items, started, status, problem):
        seconds = time.time() - started
        with self.store.changed:
            counters = self.store.counters
            counters["webhook_posts"] += 1
            counters["webhook_posts_failed" if problem else "webhooks_delivered"] += (
                1 if problem else len(items)
            )
            self.store.deliveries.append(
                {
                    "at": started,
                    "status": status,
                    "problem": problem,
                    "seconds": round(seconds, 4),
                    "try": max(item.tries for item in items) + 1,
                    "changes": [item.change for item in items],
                }
            )
