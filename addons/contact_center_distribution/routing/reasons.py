# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Codes of reasons; the layer above puts them into words in the reader's language.

Values in brackets are those of `Reason.values`.
"""

# Why this contact
WAITED_LONGEST = "waited_longest"  # [seconds]
HIGHEST_PRIORITY = "highest_priority"  # [priority, seconds]
AGED_PRIORITY = "aged_priority"  # [priority, seconds, score]
RETURNED_TO_HEAD = "returned_to_head"  # [seconds]
WOULD_BE_NEXT = "would_be_next"  # nobody waits: about who comes now

# Why the router does nothing
PULL_ONLY = "pull_only"
UNKNOWN_QUEUE = "unknown_queue"

# Why this agent
OWN_QUEUE = "own_queue"
IN_RING = "in_ring"  # [seconds, queue]: the circle widened after seconds
BY_OVERFLOW = "by_overflow"  # [queue]: shown to that queue's agents too
ON_LOAN = "on_loan"  # [queue]: lent by that queue
NAMED = "named"  # handed over to this agent
LAST_AGENT = "last_agent"  # served this person last
LEAST_LOADED = "least_loaded"  # [load, capacity]
HIGHER_LEVEL = "higher_level"  # [level]
IDLE_LONGEST = "idle_longest"  # [seconds]
SERVED_FEWEST = "served_fewest"  # [count]
NEXT_TURN = "next_turn"
LEAST_HANDLING = "least_handling"  # [seconds]
LOWEST_MEAN = "lowest_mean"  # [seconds]
SMALLEST_SHARE = "smallest_share"  # [count]

# Why not this agent
NOT_IN_QUEUE = "not_in_queue"
BARRED = "barred"  # [code]: `Agent.barred` or `Membership.barred`
NO_CAPACITY = "no_capacity"  # [load, offered, weight, capacity]
CHANNEL_NOT_SERVED = "channel_not_served"  # [channel]
SKILL_MISSING = "skill_missing"  # [skill, asked, has]
DECLINED_LATELY = "declined_lately"  # [seconds]: refused or let pass so long ago
FOR_NAMED_AGENT = "for_named_agent"  # [agent]
WAITS_FOR_LAST_AGENT = "waits_for_last_agent"  # [agent, seconds]: for so many seconds more

# Why it overflows, or finds no room
WAIT_ABOVE = "wait_above"  # [seconds, limit]
ESTIMATE_ABOVE = "estimate_above"  # [seconds, limit]
ANSWER_SPEED_ABOVE = "answer_speed_above"  # [seconds, limit]
SIZE_ABOVE = "size_above"  # [count, limit]
NOBODY_FREE = "nobody_free"
OLDEST_WAIT_ABOVE = "oldest_wait_above"  # [seconds, limit]
AGENTS_BELOW = "agents_below"  # [count, limit]
QUEUE_CLOSED = "queue_closed"
CALMED_DOWN = "calmed_down"  # the condition of the overflow is over

# Why lent, or called home
BORROWER_OVERLOADED = "borrower_overloaded"  # [queue, seconds, limit]
BORROWER_WITHOUT_AGENTS = "borrower_without_agents"  # [queue]
BORROWER_WELL = "borrower_well"  # [seconds]: for so long
LENDER_NEEDS = "lender_needs"  # [queue]
AGENT_GONE = "agent_gone"  # logged out, or the rule no longer names the agent
