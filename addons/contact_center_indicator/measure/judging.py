# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One indicator of one month against its goal: which band, and which fine."""

from dataclasses import dataclass
from fractions import Fraction

from .bands import MET, NO_BAND, Bands
from .figures import Figure
from .goals import Goal, handling_bands, percent_of_goal
from .indicators import BAND, Indicator
from .penalties import Fine, band_fine
from .reading import DEFAULT, Reading


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a figure stands.

    :param compared: what was compared with the bands; of the handling time a percentage
    :param band: see `bands`; "" if there was nothing to compare
    :param fine: None if it costs nothing
    :param why: in Portuguese, why nothing was judged; "" otherwise
    """

    compared: Fraction | None
    band: str
    fine: Fine | None = None
    why: str = ""


def judge(
    indicator: Indicator,
    figure: Figure,
    goal: Goal | None,
    reading: Reading = DEFAULT,
    handling: Fraction | None = None,
    queue: int | None = None,
) -> Judgement:
    """Return the band and the fine of a month's figure.

    :param handling: the goal of the handling time in seconds, None while there is none
    :param queue: if the figure is of one queue
    """
    value = figure.billed
    if indicator.fined != BAND or goal is None:
        return Judgement(value, "", why="sem faixa no contrato")
    if value is None:
        return Judgement(None, "", why="sem dados no mês")
    bands: Bands = goal.bands
    if indicator.code == "TMA":
        if not handling:
            return Judgement(None, "", why="a meta vem dos três primeiros meses")
        value, bands = percent_of_goal(value, handling), handling_bands(bands, reading)
    band = bands.band(value, reading, gaps=indicator.code == "TME")
    if band == NO_BAND:
        return Judgement(value, band, why="entre duas faixas impressas")
    if band != MET and indicator.code == "IAR" and reading["registration_fined"] == "no":
        return Judgement(value, band, why="não penalizado até a confirmação das faixas")
    return Judgement(value, band, band_fine(indicator.code, band, queue))
