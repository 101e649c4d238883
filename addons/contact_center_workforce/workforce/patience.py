# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long people are ready to wait, from what was seen of them."""

#: What the city's years 2015 and 2016 say, until there are days of one's own
USUAL_PATIENCE = 350.0

#: Fewer people who gave up say nothing
LEAST_ABANDONED = 20


def mean_patience(
    waited: float, abandoned: int, usual: float = USUAL_PATIENCE, least: int = LEAST_ABANDONED
) -> float:
    """Return the mean seconds after which people give up.

    Those who were answered would have waited longer, nobody knows how long. For a constant
    readiness to give up, all seconds waited per person who gave up is the best estimate, and the
    exact one in Erlang A.

    :param waited: seconds that all people waited together, answered or not
    :param abandoned: people who gave up
    :param usual: what to say where fewer than `least` gave up
    """
    if abandoned < least or waited <= 0:
        return usual
    return waited / abandoned


def from_report(wait: float, received: int, abandoned: int, usual: float = USUAL_PATIENCE) -> float:
    """Return the mean patience by a report's figures: mean wait, received, abandoned."""
    return mean_patience(wait * received, abandoned, usual)
