# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules for when an automatic message may be sent; without a database."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import lifecycle

# Replies to somebody who asks for a person while nobody is there.
CLOSED_KINDS = frozenset({"out_of_hours", "holiday", "day_closed"})
# Messages triggered by the passing of time, without any action by the citizen.
NUDGES = frozenset({"inactivity_warning", "inactivity_close", "still_waiting", "waiting_close"})
# Unsolicited messages: not sent to citizens who have opted out.
UNSOLICITED = NUDGES | {"survey"}
# May be sent more than once in the same conversation, each time for a separate occasion.
REPEATABLE = NUDGES | {
    "agent_joined",
    "agent_left",
    "transferred",
    "transferred_closed",
    "transferred_later",
    "transferred_absent",
    "opted_out",
    "opted_in",
}

# Reasons for not sending a message.
SAID = "said"
OPTED_OUT = "opted_out"
WINDOW = "window"
SERVED = "served"
CLOSED_HOURS = "closed_hours"


@dataclass(frozen=True)
class Moment:
    """A conversation at the moment a message is to be sent; times are naive UTC.

    `window_until` is None if the channel has no window; `said` are keys (see `said_key`).
    """

    now: datetime
    state: str
    is_open: bool = True
    opted_out: bool = False
    window_until: datetime | None = None
    said: Collection[str] = ()


def said_key(kind: str, occasion=None) -> str:
    """Return the key under which a message is recorded as sent.

    :param occasion: what makes this time another one than the last; for what says that people
        are away, until when they are

    >>> said_key("queued"), said_key("parcel_sent", 4711)
    ('queued', 'parcel_sent:4711')
    >>> said_key("holiday", "2026-11-23 10:00:00")
    'closed:2026-11-23 10:00:00'
    """
    if kind in CLOSED_KINDS and occasion:
        return f"closed:{occasion}"
    return f"{kind}:{occasion}" if occasion else kind


def refusal(
    kind: str,
    moment: Moment,
    occasion=None,
    repeatable: Collection[str] = REPEATABLE,
    unsolicited: Collection[str] = UNSOLICITED,
) -> str:
    """Return why the message of `kind` must not be sent now; "" if it may.

    Never twice, never to citizens who opted out, never outside the window, never about closing
    hours while an agent is serving, and no time-triggered message outside the service hours.
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
    """How long a conversation has been silent; times are naive UTC, None for never.

    `owed` tells whether it is the citizen who owes the answer; `warned_at` is the last time the
    warning was due (sent or not).
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
    """Return the elapsed clock time; zero if the clock was set back."""
    return max(end - start, timedelta())


def due(
    now: datetime,
    silence: Silence,
    schedule: Schedule,
    is_open: bool,
    elapsed: Callable[[datetime, datetime], timedelta] = wall_clock,
) -> str:
    """Return the action due at `now` because of silence: "", `WARN` or `CLOSE`.

    :param elapsed: returns the relevant time between two moments: for people service time
    (`core.service_time`), without nights and lunch; for the bot clock time

    - In service and with the bot, only while the citizen owes the answer.
    - A waiting citizen is warned (told their place) once, counting from their last message.
    - If there is a warning, the end comes only after it, and never sooner than the time between the
      two: a citizen who was warned always has this long to answer.
    - Outside the service hours nothing is due except the silent end of a conversation with the bot.
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
        # The citizen got the warning: silence counts from then on.
        return CLOSE if elapsed(silence.warned_at, now) >= grace(schedule) else ""
    return CLOSE if elapsed(since, now) >= timedelta(minutes=schedule.close) else ""


def grace(schedule: Schedule) -> timedelta:
    """Return how long a warned citizen has to answer."""
    return timedelta(minutes=max(schedule.close - schedule.warning, 1))


def earliest(schedule: Schedule) -> int:
    """Return the minimum minutes of silence before anything can be due; 0 for never."""
    times = [minutes for minutes in (schedule.warning, schedule.close) if minutes]
    if schedule.warning and schedule.close:
        times.append(int(grace(schedule).total_seconds() // 60))
    return min(times, default=0)


def _silent_since(silence: Silence) -> datetime | None:
    """Return the start of the silence; a warning that was sent ends it."""
    if silence.state == lifecycle.QUEUED:
        # People owe the answer; messages from the bot or warnings in between change nothing.
        times = (silence.queued_at, silence.returned_at, silence.last_inbound_at)
    elif silence.state in (lifecycle.IN_SERVICE, lifecycle.BOT):
        times = (silence.last_inbound_at, silence.last_outbound_at)
    else:
        return None
    known = [at for at in times if at is not None]
    return max(known) if known else None
