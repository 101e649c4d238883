# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the contract pays for (TR 8.1, 19.1): five items, each with its unit."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the contract.

    :param title, unit, words: as both parties read them, in Portuguese
    :param hours: daily load of a position, None for what is not logged time
    :param printed: the monthly quantity that the contract prints
    :param clause: where it is written
    """

    code: str
    title: str
    unit: str
    words: str
    clause: str
    printed: int
    hours: int | None = None


ITEMS: Mapping[str, Item] = {
    item.code: item
    for item in (
        Item(
            "HL6", "Hora logada, posto de 6 horas", "posto",
            "tempo logado do dia ÷ carga de 6 horas, somado nos dias do mês ÷ dias do mês",
            "TR 8.1.1, 20.15.1", 100, 6,
        ),
        Item(
            "HL24", "Hora logada, posto de 24 horas", "posto",
            "tempo logado do dia ÷ duração do dia (24 horas), somado nos dias do mês ÷ dias do mês",
            "TR 8.1.1, 20.15.1", 3, 24,
        ),
        Item(
            "AE24H", "Atendimento eletrônico", "atendimento",
            "atendimentos sem pessoa que duraram mais que a parte combinada (50 %) do tempo "
            "registrado do serviço",
            "TR 8.1.2, A5 5.3.6-8", 50_000,
        ),
        Item(
            "SMS", "Mensagem SMS", "mensagem",
            "mensagens enviadas, contadas pelas partes que a operadora cobra",
            "TR 8.1.3", 30_000,
        ),
        Item(
            "HDE", "Hora de desenvolvimento", "hora",
            "horas das ordens de serviço com aceite formal no mês, até as horas aprovadas",
            "TR 8.1.4, A5 5.2", 250,
        ),
    )
}  # fmt: skip
LOGGED = tuple(code for code, item in ITEMS.items() if item.hours)
