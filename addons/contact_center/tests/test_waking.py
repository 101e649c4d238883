# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
import queue
import socket
import threading
import time
from pathlib import Path
from types import SimpleNamespace

from odoo.service import server
from odoo.tests import BaseCase, tagged

from ..waking import wait_for_connection

# Seconds within which something must happen; what must not happen is shown without waiting
PATIENCE = 30


@tagged("post_install", "-at_install")
class TestWaking(BaseCase):
    """Idle workers wait for one socket, and a connection wakes one of them."""

    def setUp(self):
        super().setUp()
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=8)
        self.addCleanup(self.socket.close)
        self.woken = queue.Queue()

    def worker(self, **values):
        """Return what a worker waits with."""
        read, write = os.pipe()
        os.set_blocking(read, False)
        self.addCleanup(os.close, read)
        self.addCleanup(os.close, write)
        multi = SimpleNamespace(socket=self.socket, beat=PATIENCE)
        pipe = {"wakeup_fd_r": read, "wakeup_fd_w": write}
        return SimpleNamespace(alive=True, multi=multi, **pipe, **values)

    def wait(self, worker):
        """Let a worker wait in a thread; it is put into `woken` when it no longer does."""

        def wait():
            wait_for_connection(worker)
            self.woken.put(worker)

        thread = threading.Thread(target=wait)
        thread.start()
        self.addCleanup(thread.join)
        return thread

    def until_asleep(self, thread):
        """Return when the kernel says that a thread waits.

        Only who waits already is not woken.
        """
        place = Path(f"/proc/self/task/{thread.native_id}/wchan")
        end = time.monotonic() + PATIENCE
        while "poll" not in place.read_text():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)

    def connect(self):
        client = socket.create_connection(self.socket.getsockname())
        self.addCleanup(client.close)

    def test_a_connection_wakes_one_and_a_signal_the_one_it_is_for(self):
        workers = [self.worker(number=number) for number in range(4)]
        for worker in workers:
            self.until_asleep(self.wait(worker))
        self.connect()
        first = self.woken.get(timeout=PATIENCE)
        self.socket.accept()[0].close()
        others = [worker for worker in workers if worker is not first]
        for worker in others:
            # Each wakes by its own signal, hence none was awake
            os.write(worker.wakeup_fd_w, b".")
            self.assertIs(self.woken.get(timeout=PATIENCE), worker)
            # The signal was read
            with self.assertRaises(BlockingIOError):
                os.read(worker.wakeup_fd_r, 1)

    def test_who_comes_later_finds_the_connection_that_waits(self):
        self.connect()
        self.wait(self.worker())
        self.woken.get(timeout=PATIENCE)

    def test_who_is_about_to_end_takes_no_connection(self):
        worker = self.worker()
        worker.alive = False
        wait_for_connection(worker)
        self.assertFalse(hasattr(worker, "waiting"))

    def test_odoo_calls_it_as_before(self):
        self.assertIs(server.WorkerHTTP.sleep, wait_for_connection)
        self.assertIn("sleep", server.Worker._runloop.__code__.co_names)
