"""What can go wrong in the GLPI in memory."""

from dataclasses import dataclass, field


@dataclass
class Faults:
    """What goes wrong. Counters count down with each request of the named kind."""

    down: bool = False  # nobody listens
    no_database: bool = False  # 200 with a page, whatever is asked
    lose_answers: int = 0  # the request is carried out, its answer never comes (POST Ticket)
    late_creates: int = 0  # POST Ticket: no answer, and carried out when `arrive()` is called
    late_followups: int = 0  # the same for POST ITILFollowup
    late_documents: int = 0  # the same for POST Document
    lose_documents: int = 0  # the same for POST Document
    lose_followups: int = 0  # the same for POST ITILFollowup
    crashes: int = 0  # POST Ticket answers 200 with an empty body, nothing stored
    login: tuple | None = None  # (status, code) of every initSession
    refuse: dict = field(default_factory=dict)  # {"POST Ticket": (status, code)}
    forget_session: int = 0  # the next n calls find their session gone

    def takes(self, name):
        """Whether the fault of this name happens now; it counts down."""
        left = getattr(self, name)
        setattr(self, name, max(left - 1, 0))
        return bool(left)
