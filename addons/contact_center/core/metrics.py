# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Named figures of this moment for monitoring, independent of their notation."""

import re
from dataclasses import dataclass, field

PREFIX = "contact_center_"
_NAME = re.compile(r"contact_center_[a-z0-9_]+")
_LABEL = re.compile(r"[a-z][a-z0-9_]*")


@dataclass
class Gauge:
    """One kind of figure with its values.

    >>> gauge = Gauge("contact_center_agents", "Agents by state.", ("state",))
    >>> gauge.add(2, "available")
    >>> gauge.samples
    [(('available',), 2.0)]

    :param name: begins with `contact_center_`; seconds and bytes are named in it as its unit
    :param text: what it counts, one sentence in English
    :param labels: names of what tells its values apart; never a citizen, an agent or a telephone
    """

    name: str
    text: str
    labels: tuple = ()
    samples: list = field(default_factory=list)

    def __post_init__(self):
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name} is no name of a metric")
        if not all(_LABEL.fullmatch(label) for label in self.labels):
            raise ValueError(f"{self.name} has a label of no good name")

    def add(self, value, *labels):
        """Add one value; None, for a figure that is not known, adds nothing.

        :raise ValueError: as many labels as were named are needed
        """
        if len(labels) != len(self.labels):
            raise ValueError(f"{self.name} needs the labels {', '.join(self.labels)}")
        if value is not None:
            words = tuple("" if label is None else str(label) for label in labels)
            self.samples.append((words, float(value)))
