# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of the settings (ways, orders, choices, conditions), as they are stored."""

# How a queue gives its contacts to agents (`QueueSettings.mode`)
PULL = "pull"
"""Agents take contacts from the list; the router does nothing."""
OFFER = "offer"
"""The router offers a contact to one agent, who accepts or refuses within a time."""
AUTOMATIC = "automatic"
"""The router gives a contact to one agent; nobody asks."""
MIXED = "mixed"
"""The router offers, and agents may also take contacts from the list."""
MODES = (PULL, OFFER, AUTOMATIC, MIXED)

# Order of contacts (`QueueSettings.order`)
BY_WAIT = "wait"
"""The contact that has waited longest, counted from its first queue."""
BY_PRIORITY = "priority"
"""The highest priority before every other, then the longest wait."""
BY_AGEING = "priority_ageing"
"""The longest wait, where a level of priority counts like some minutes of waiting."""
ORDERS = (BY_WAIT, BY_PRIORITY, BY_AGEING)

# Choice of agent (`QueueSettings.choice`)
LONGEST_IDLE = "longest_idle"
"""The agent whose last contact ended first."""
FEWEST_TODAY = "fewest_today"
"""The agent who served the fewest contacts today."""
CIRCULAR = "circular"
"""One agent after the other; nobody twice before everybody who is free had a turn."""
LEAST_TIME_TODAY = "least_time_today"
"""The agent with the least handling time today."""
LOWEST_MEAN_TIME = "lowest_mean_time"
"""The agent with the lowest mean handling time today; without contacts today it is 0."""
EVEN_SHARE = "even_share"
"""The agent with the smallest share of this queue's contacts; newcomers start level."""
CHOICES = (LONGEST_IDLE, FEWEST_TODAY, CIRCULAR, LEAST_TIME_TODAY, LOWEST_MEAN_TIME, EVEN_SHARE)

# Conditions of overflow (`Overflow.condition`)
WAIT = "wait"
ESTIMATE = "estimate"
ANSWER_SPEED = "answer_speed"
SIZE = "size"
NO_FREE_AGENT = "no_free_agent"
OLDEST_WAIT = "oldest_wait"
FEW_AGENTS = "few_agents"
CLOSED = "closed"
CONDITIONS = (
    WAIT,
    ESTIMATE,
    ANSWER_SPEED,
    SIZE,
    NO_FREE_AGENT,
    OLDEST_WAIT,
    FEW_AGENTS,
    CLOSED,
)

# How a contact overflows (`Overflow.way`)
KEEP_PLACE = "keep_place"
"""It stays in its queue and is also shown to the agents of the other one."""
MOVE = "move"
"""It leaves its queue for the other one; its age goes with it."""
WAYS = (KEEP_PLACE, MOVE)

# What becomes of a contact for which there is no room (`QueueSettings.when_full`)
MESSAGE = "message"
OVERFLOW = "overflow"
CALL_BACK = "call_back"
WHEN_FULL = (MESSAGE, OVERFLOW, CALL_BACK)


def known(word: str, words: tuple[str, ...]) -> None:
    """Refuse a word that is not in the list; it must not be taken for another one."""
    if word not in words:
        raise ValueError(f"{word!r} is none of {', '.join(words)}")
