# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a month of the contract costs: exact and without ORM.

    from contact_center_measurement.measurement import Spell, Terms, logged

Spells of agents' states become the logged time of a day (`logged`), logged time positions and the
month's quantity (`quantities`), a quantity an amount of money (`amounts`), by the items of the
contract (`items`) and what both parties agreed to count (`terms`). Service orders say how much was
ordered and when development hours may be billed (`orders`).
"""

from .amounts import CENTS, PLACES, amount_of, exact, rounded, shown, total_of
from .items import ITEMS, LOGGED, Item
from .logged import DAY_US, HOUR_US, Logged, Spell, cut, logged, time_once
from .orders import (
    DEADLINE_DAYS,
    OPERATION_DAYS,
    Order,
    add_working_days,
    earliest_acceptance,
    hours_to_bill,
    ordered_on,
)
from .prices import Price, price_on
from .quantities import (
    DAY,
    HOLIDAY,
    MONTH,
    SATURDAY,
    SUNDAY,
    WORKING,
    day_class,
    days_of_month,
    load_of,
    month_quantity,
    positions,
)
from .seals import hash_of
from .terms import PARTS, Terms
