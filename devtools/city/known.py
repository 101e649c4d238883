"""What the rows of the past refer to: ids and names of the demo's database."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from .drawing import Coming
from .past import Told


@dataclass
class Known:
    """Ids and names, by the keys and numbers that the drawn contacts have.

    :param queues: id of each queue by its key in the preset
    :param subjects: by queue and nature, the ids of the dispositions in order
    :param root: id of the disposition of what the assistant finishes
    :param users, agent_names, agent_partners: of the agents, by their number
    :param citizens: (id of the contact, id of the identity) by the citizen's number
    :param names: of the citizens, by number
    :param bot, system, company, account, comment: ids of the assistant's contact, the system's
        user, the company, the WhatsApp number and the subtype of messages
    :param pause_names: words of each kind of break
    :param protocol: makes a protocol number of year and number
    :param states: changes of state that are not written yet, by the agent's number
    """

    zone: ZoneInfo
    queues: Mapping[str, int]
    subjects: Mapping[tuple[str, str], list[int]]
    root: int
    users: Mapping[int, int]
    agent_names: Mapping[int, str]
    agent_partners: Mapping[int, int]
    citizens: Mapping[int, tuple[int, int]]
    names: Mapping[int, str]
    bot: int
    system: int
    company: int
    account: int
    comment: int
    weight: int
    pause_names: Mapping[str, str]
    protocol: Callable[[int, int], str]
    states: dict[int, list[tuple[Any, str, str]]] = field(default_factory=lambda: defaultdict(list))

    def about(self, coming: Coming, told: Told | None) -> tuple[int | None, str | None]:
        """Return the disposition of a contact and its nature; none for who gave up."""
        if told is None:
            return self.root, "information"
        if not told.member:
            return None, None
        found = self.subjects[coming.queue, coming.nature]
        return found[coming.subject % len(found)], coming.nature
