# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Wakes one idle worker for a connection, not all of them.

Odoo's worker processes wait with `select` for the socket that they share, so a connection wakes
every idle one. All but one find it taken; but each has measured its memory, set its limits and told
the main process that it lives, which wakes that one too. Each message of a citizen's means four or
five connections (Meta's deliveries, the jobs). See docs/decisions/one-worker-wakes.md.
"""

import select

from odoo.service import server


def install() -> None:
    """Let workers wait this way where the system can (Linux).

    Called once for each process.
    """
    if hasattr(select, "EPOLLEXCLUSIVE"):
        server.WorkerHTTP.sleep = wait_for_connection


def wait_for_connection(worker) -> None:
    """Wait for a connection, a signal, or `beat` seconds, whichever comes first.

    :param worker: an `odoo.service.server.WorkerHTTP`, in its own process
    """
    if not worker.alive:
        # Called once more before it ends: a connection that wakes this one would find nobody
        return
    if not hasattr(worker, "waiting"):
        worker.waiting = select.epoll()
        worker.waiting.register(worker.multi.socket, select.EPOLLIN | select.EPOLLEXCLUSIVE)
        worker.waiting.register(worker.wakeup_fd_r, select.EPOLLIN)
    worker.waiting.poll(worker.multi.beat)
    server.empty_pipe(worker.wakeup_fd_r)
