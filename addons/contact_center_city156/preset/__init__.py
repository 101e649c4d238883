# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the preset of a city's 156 consists of: names, hours, goals, texts.

There is no Odoo in it.

for item in items(belo_horizonte.CITY):
    what is to be there, in the order in which it is made
document = with_queues(document, belo_horizonte.CITY)
    the ready flow of the menu, with the queue and the skill of each way to a person
"""

from .menu import with_queues
from .plan import City, Hours, Item, Queue, Region, Skill, Subject, Text, Way, items

__all__ = (
    "City",
    "Hours",
    "Item",
    "Queue",
    "Region",
    "Skill",
    "Subject",
    "Text",
    "Way",
    "items",
    "with_queues",
)
