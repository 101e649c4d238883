"""Which automatic message may be said when: rules without a database, tested by the thousand."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import lifecycle

# Answers to somebody who asks for a person while nobody is there.
CLOSED_KINDS = frozenset({"out_of_hours", "holiday", "day_closed"})
# What the contact centre says because time passes, to somebody who did nothing.
NUDGES = frozenset({"inactivity_warning", "inactivity_close", "still_waiting", "waiting_close"})
# Not asked for by the citizen: nothing for who wants no automatic messages.
UNSOLICITED = NUDGES | {"survey"}
# May be said more than once in the same conversation, each time for an occasion of its own.
REPEATABLE = NUDGES | {
    "agent_joined",
    "agent_left",
    "transferred",
    "transferred_closed",
    "transferred_later",
    "opted_out",
    "opted_in",
}
# Once for each ticket.
ONCE_PER_TICKET = frozenset({"ticket_opened", "ticket_registered"})

# Why something was not said.
SAID = "said"
OPTED_OUT = "opted_out"
WINDOW = "window"
SERVED = "served"
CLOSED_HOURS = "closed_hours"


@dataclass(frozen=True)
class Moment:
    """A conversation at the moment at which something is to be said; times are naive UTC.

    `window_until` is None where the channel knows no window; `said` are keys (see `said_key`).
    """

    now: datetime
    state: str
    is_open: bool = True
    opted_out: bool = False
    window_until: datetime | None = None
    said: Collection[str] = ()


def said_key(kind: str, occasion=None) -> str:
    """Under what a message is remembered as said.

    :param occasion: the ticket; for what says that people are away, until when they are

    >>> said_key("queued"), said_key("ticket_opened", 4711)
    ('queued', 'ticket_opened:4711')
    >>> said_key("holiday", "2026-11-23 10:00:00")
    'closed:2026-11-23 10:00:00'
    """
    if kind in CLOSED_KINDS and occasion:
        return f"closed:{occasion}"
    return f"{kind}:{occasion}" if kind in ONCE_PER_TICKET and occasion else kind


def refusal(
    kind: str,
    moment: Moment,
    occasion=None,
    repeatable: Collection[str] = REPEATABLE,
    unsolicited: Collection[str] = UNSOLICITED,
) -> str:
    """Why the message of `kind` must not be said at this moment; "" when it may.

    Never twice, never to who wants none, never outside the window, never about closed hours while
    a person serves, and nothing that only time brings about outside the service hours.
    """
    if kind not in repeatable and said_key(kind, occasion) in moment.said:
        return SAID
    if moment.opted_out and kind in unsolicited:
        return OPTED_OUT
    if moment.window_until is not None and moment.window_until <= moment.now:
        return WINDOW
    if kind in CLOSED_KINDS and moment.state == lifecycle.IN_SERVICE:
        return SERVED
    if kind in NUDGES and not moment.is_open:
        return CLOSED_HOURS
    return ""


@dataclass(frozen=True)
class Schedule:
    """Minutes of silence until the warning and until the end; 0 means never."""

    warning: int = 0
    close: int = 0


@dataclass(frozen=True)
class Silence:
    """How long nothing was said in a conversation; times are naive UTC, None when never.

    `owed` tells whether it is the citizen who owes the answer; `warned_at` is the last time that
    the warning was due (said or not).
    """

    state: str
    queued_at: datetime | None = None
    returned_at: datetime | None = None
    last_inbound_at: datetime | None = None
    last_outbound_at: datetime | None = None
    warned_at: datetime | None = None
    owed: bool = True


WARN = "warn"
CLOSE = "close"


def wall_clock(start: datetime, end: datetime) -> timedelta:
    """Time as the clock tells it; nothing where a clock was set back."""
    return max(end - start, timedelta())


def due(
    now: datetime,
    silence: Silence,
    schedule: Schedule,
    is_open: bool,
    elapsed: Callable[[datetime, datetime], timedelta] = wall_clock,
) -> str:
    """What silence has brought about at `now`: "", `WARN` or `CLOSE`.

    :param elapsed: how much time lies between two moments, in the time that counts: of people who
        serve (`core.service_time`), nights and lunch left out; of the bot, the clock's

    - In service and with the bot only when the citizen owes the answer.
    - Who waits in a queue is warned (told the place) once, and counts from the last own message.
    - Where a warning is set the end comes only after it, and never sooner than the time between
      the two: whoever is warned always has this time to answer.
    - Outside the service hours nothing is due but the end of a conversation with the bot, which
      nobody hears of.
    """
    since = _silent_since(silence)
    if since is None or (silence.state != lifecycle.QUEUED and not silence.owed):
        return ""
    if not is_open and silence.state != lifecycle.BOT:
        return ""
    warned = silence.warned_at is not None and silence.warned_at >= since
    if schedule.warning and is_open and not warned:
        enough = elapsed(since, now) >= timedelta(minutes=schedule.warning)
        return WARN if enough else ""
    if not schedule.close:
        return ""
    if schedule.warning and warned:
        # The warning itself was said to the citizen: silence counts from it.
        return CLOSE if elapsed(silence.warned_at, now) >= grace(schedule) else ""
    return CLOSE if elapsed(since, now) >= timedelta(minutes=schedule.close) else ""


def grace(schedule: Schedule) -> timedelta:
    """How long somebody who was warned has to answer."""
    return timedelta(minutes=max(schedule.close - schedule.warning, 1))


def earliest(schedule: Schedule) -> int:
    """After how many minutes without a word something may be due at the earliest; 0: never."""
    times = [minutes for minutes in (schedule.warning, schedule.close) if minutes]
    if schedule.warning and schedule.close:
        times.append(int(grace(schedule).total_seconds() // 60))
    return min(times, default=0)


def _silent_since(silence: Silence) -> datetime | None:
    """Since when nobody but the clock has done anything; a warning that was said counts as said."""
    if silence.state == lifecycle.QUEUED:
        # People owe the answer; what the bot or a warning said meanwhile changes nothing.
        times = (silence.queued_at, silence.returned_at, silence.last_inbound_at)
    elif silence.state in (lifecycle.IN_SERVICE, lifecycle.BOT):
        times = (silence.last_inbound_at, silence.last_outbound_at)
    else:
        return None
    known = [at for at in times if at is not None]
    return max(known) if known else None
