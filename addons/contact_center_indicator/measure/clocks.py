# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Repair clocks: what has to be mended, within how long, and whether it was.

A clock begins with the diagnosis. Exactly the limit keeps it; a microsecond more does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .reading import DEFAULT, Reading

REPAIR, DUTY, NONE = "repair", "duty", "none"


@dataclass(frozen=True, slots=True)
class Clock:
    """One kind of incident with its limit.

    :param words: what it is about, in Portuguese
    :param fine: `REPAIR` (1 %), `DUTY` (as any other duty) or `NONE`
    """

    kind: str
    words: str
    limit: timedelta
    fine: str


CLOCKS: Mapping[str, Clock] = {
    clock.kind: clock
    for clock in (
        Clock("equipment", "equipamentos ou rede local parados", timedelta(hours=2), REPAIR),
        Clock("central", "central telefônica ou atendimento eletrônico parados",
              timedelta(hours=2), REPAIR),
        Clock("link", "enlace de dados parado", timedelta(hours=4), NONE),
        Clock("park_small", "conserto de unidade, até 100 unidades", timedelta(days=5), NONE),
        Clock("park_large", "conserto de unidade, mais de 100 unidades", timedelta(days=10), NONE),
        Clock("flow", "defeito no atendimento eletrônico", timedelta(hours=24), DUTY),
        Clock("notice", "aviso por escrito de uma interrupção", timedelta(hours=24), DUTY),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an incident stands.

    :param fine: `REPAIR`, `DUTY` or `NONE`: what its lateness costs
    """

    elapsed: timedelta
    late: bool
    fine: str


def verdict(
    kind: str,
    diagnosed: datetime,
    mended: datetime | None,
    now: datetime,
    reading: Reading = DEFAULT,
) -> Verdict:
    """Return whether an incident was mended in time; an open one is judged now.

    >>> noon = datetime(2026, 3, 2, 12)
    >>> verdict("central", noon, noon + timedelta(hours=2), noon).late
    False
    """
    clock = CLOCKS[kind]
    elapsed = max((mended or now) - diagnosed, timedelta())
    late = elapsed > clock.limit
    fine = clock.fine
    if fine == NONE and reading["repair_fines"] == "all":
        fine = REPAIR
    return Verdict(elapsed, late, fine if late else NONE)
