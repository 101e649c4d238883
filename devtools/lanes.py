"""Jobs that need one another, worked off side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass
class Job:
    """Something to do once what it needs is done.

    :param weight: of those that may begin, the heaviest does
    """

    name: str
    work: Callable[[], None]
    needs: tuple[str, ...] = ()
    weight: float = 0.0


@dataclass
class Lanes:
    """Work jobs off on some threads.

    :param count: how many run at the same time
    :param failed: gets (name, exception) of each job that raised; what needs one of these is left
        out, and named in `left_out`
    """

    count: int
    failed: list[tuple[str, Exception]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def run(self, jobs: Iterable[Job]) -> None:
        """Return when every job that can be done is done.

        :raise ValueError: a job needs one that is not there
        """
        self._waiting = list(jobs)
        self._done: set[str] = set()
        self._running = 0
        self._changed = threading.Condition()
        known = {job.name for job in self._waiting}
        for job in self._waiting:
            if missing := set(job.needs) - known:
                raise ValueError(f"{job.name} needs {', '.join(sorted(missing))}")
        threads = [threading.Thread(target=self._lane) for _ in range(self.count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.left_out += [job.name for job in self._waiting]

    def _lane(self) -> None:
        while job := self._next():
            try:
                job.work()
            except Exception as error:  # noqa: BLE001 - handed to the caller, who reports it
                self.failed.append((job.name, error))
            else:
                self._done.add(job.name)
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _next(self) -> Job | None:
        """Take the heaviest job that may begin; None when nothing can begin any more."""
        with self._changed:
            while True:
                ready = [job for job in self._waiting if self._done.issuperset(job.needs)]
                if ready:
                    job = max(ready, key=lambda job: job.weight)
                    self._waiting.remove(job)
                    self._running += 1
                    return job
                if not self._running:
                    self._changed.notify_all()
                    return None
                self._changed.wait()
