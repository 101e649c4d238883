# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Indicators: the formula in words and in figures, the unit, how each is billed.

The words are Portuguese: they are the contract's, printed on its statements. A value is always
`numerator / denominator * scale` of whole numbers, so that days, queues and agents add up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .exact import exact

PERCENT, SECONDS, COUNT = "percent", "seconds", "count"
SCALES: Mapping[str, Fraction] = {
    PERCENT: Fraction(100),
    # Waits and services are added in microseconds
    SECONDS: Fraction(1, 1_000_000),
    COUNT: Fraction(1),
}

# How the month's value is made of its days
DAILY, MEAN_OF_DAYS, TOTAL, MONTH_END, ADDED = "daily", "mean", "total", "month_end", "added"

UP, DOWN = "up", "down"
BAND, BY_DAY, UNFINED = "band", "day", "none"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the contract.

    :param code: under which it is stored, as the contract calls it
    :param number: its place in the list of indicators, "" for one that only informs
    :param title: its name in Portuguese
    :param numerator, denominator: what is counted, in words
    :param unit: `PERCENT`, `SECONDS` or `COUNT`
    :param better: `UP` if more is better
    :param billed: how the month's value is made
    :param fined: `BAND`, `BY_DAY` or `UNFINED`
    :param by_agent: whether it is measured for each agent too
    :param example: an example in Portuguese
    """

    code: str
    number: str
    title: str
    numerator: str
    denominator: str
    unit: str
    better: str
    billed: str
    fined: str
    by_agent: bool
    example: str

    @property
    def scale(self) -> Fraction:
        """Return what a ratio is multiplied by."""
        return SCALES[self.unit]

    @property
    def words(self) -> str:
        """Return the formula in words."""
        if self.unit == COUNT:
            return self.numerator
        times = " × 100" if self.unit == PERCENT else ""
        return f"{self.numerator} ÷ {self.denominator}{times}"

    def value(self, numerator: int, denominator: int) -> Fraction | None:
        """Return the value of a tally; None if nothing was measured.

        >>> INDICATORS["IAL"].value(6_675, 172_074) < 4
        True
        """
        if self.unit == COUNT:
            return exact(numerator)
        return Fraction(numerator, denominator) * self.scale if denominator else None


_LISTED = (
    Indicator(
        "ILNR", "K1", "Ligações não atendidas ou com linha ocupada",
        "ligações que a rede pública não conseguiu entregar à central",
        "ligações oferecidas pela rede pública",
        PERCENT, DOWN, DAILY, BY_DAY, False,
        "De 8.000 ligações oferecidas num dia, 48 não foram entregues: 48 ÷ 8.000 = 0,60 %. "
        "A meta é 0,5 %: o dia conta como descumprido e custa 0,05 % da fatura.",
    ),
    Indicator(
        "IPL", "K2", "Perda de ligações na entrada",
        "contatos oferecidos que não entraram no atendimento eletrônico de recepção",
        "contatos oferecidos",
        PERCENT, DOWN, DAILY, BY_DAY, False,
        "De 8.000 contatos oferecidos, 40 não entraram: 0,50 %. É exatamente a meta, e a meta "
        "atingida não é descumprida.",
    ),
    Indicator(
        "INS", "K3", "Nível de serviço",
        "contatos atendidos por uma pessoa dentro do tempo da meta",
        "contatos que entraram na fila",
        PERCENT, UP, MEAN_OF_DAYS, BAND, True,
        "Entraram na fila 400 contatos e 312 foram atendidos em até 20 segundos: "
        "312 ÷ 400 = 78,00 %. A meta é 80 %: faixa baixa, 0,5 % da fatura.",
    ),
    Indicator(
        "INS_ACEITE", "", "Nível de serviço, contado até o contato ser assumido",
        "contatos assumidos por um atendente dentro do tempo da meta",
        "contatos que entraram na fila",
        PERCENT, UP, MEAN_OF_DAYS, UNFINED, True,
        "Fica ao lado do nível de serviço para que se veja a diferença entre assumir e "
        "responder.",
    ),
    Indicator(
        "INS_RESPOSTA", "", "Nível de serviço, contado até a primeira resposta",
        "contatos que receberam a primeira resposta de uma pessoa dentro do tempo da meta",
        "contatos que entraram na fila",
        PERCENT, UP, MEAN_OF_DAYS, UNFINED, True,
        "Um contato assumido em 10 segundos e respondido em 6 minutos conta no aceite e não "
        "conta na resposta, se a meta é de 5 minutos.",
    ),
    Indicator(
        "TME", "K4", "Tempo médio de espera",
        "tempo de espera na fila de todos os contatos",
        "contatos que entraram na fila",
        SECONDS, DOWN, MEAN_OF_DAYS, BAND, False,
        "Três contatos esperaram 5, 20 e 41 segundos: 66 ÷ 3 = 22 segundos. Acima de 20 e "
        "abaixo de 30: faixa baixa.",
    ),
    Indicator(
        "IAL", "K5", "Abandono na fila",
        "contatos que saíram da fila sem ser atendidos",
        "contatos que entraram na fila",
        PERCENT, DOWN, MEAN_OF_DAYS, BAND, False,
        "Dos 172.074 contatos de um mês, 6.675 foram abandonados: 3,88 %. A meta é 4 %.",
    ),
    Indicator(
        "IQA", "K6", "Qualidade do atendimento",
        "soma das notas das avaliações de monitores e supervisores",
        "avaliações",
        PERCENT, UP, TOTAL, BAND, True,
        "Dez avaliações somam 9,12: 91,20 %. A meta é 90 %.",
    ),
    Indicator(
        "ITO", "K7", "Rotatividade de atendentes",
        "metade das entradas e saídas de atendentes do mês",
        "média de atendentes do mês",
        PERCENT, DOWN, MONTH_END, BAND, False,
        "Entraram 4, saíram 6, e a média foi de 80 atendentes: 5 ÷ 80 = 6,25 %. Faixa média.",
    ),
    Indicator(
        "IAR", "K8", "Atendimentos registrados",
        "atendimentos humanos encerrados com natureza e assunto",
        "atendimentos humanos encerrados",
        PERCENT, UP, TOTAL, BAND, True,
        "De 5.000 atendimentos, 4.990 têm tabulação: 99,80 %.",
    ),
    Indicator(
        "TMA", "K9", "Tempo médio de atendimento",
        "tempo em que os cidadãos ficaram com atendentes, sem fila e sem pós-atendimento",
        "atendimentos humanos encerrados",
        SECONDS, DOWN, TOTAL, BAND, True,
        "Dois atendimentos de 150 e 224 segundos: 187 segundos. Com meta de 180 segundos, "
        "187 ÷ 180 = 103,89 % da meta: faixa baixa.",
    ),
    Indicator(
        "IPS", "K10", "Satisfação do cidadão",
        "votos “ótimo” e “bom”",
        "votos válidos",
        PERCENT, UP, TOTAL, BAND, True,
        "De 200 votos, 183 são “ótimo” ou “bom”: 91,50 %. A meta é 90 %.",
    ),
    Indicator(
        "IMN", "K11", "Mídia negativa",
        "notícias negativas por mau atendimento, por culpa exclusiva da contratada",
        "1",
        COUNT, DOWN, ADDED, BAND, True,
        "Duas notícias confirmadas no mês: faixa baixa.",
    ),
    Indicator(
        "IRM", "K12", "Reclamações de mau atendimento",
        "reclamações de mau atendimento confirmadas pela prefeitura",
        "1",
        COUNT, DOWN, ADDED, BAND, True,
        "Seis reclamações confirmadas no mês: faixa média.",
    ),
    Indicator(
        "IPE", "K13", "Paralisação de equipamentos",
        "unidades paradas",
        "unidades instaladas",
        PERCENT, DOWN, MONTH_END, UNFINED, False,
        "De 120 computadores, 6 parados: 5,00 %. Com mais de 100 unidades a meta é 5 %.",
    ),
    Indicator(
        "IPD", "K14", "Paralisação de enlaces de dados",
        "tempo em que o enlace esteve parado",
        "tempo do mês",
        PERCENT, DOWN, MONTH_END, UNFINED, False,
        "Um enlace parado por 3 horas num mês de 720 horas: 0,42 %. A meta é zero.",
    ),
)  # fmt: skip
INDICATORS: Mapping[str, Indicator] = {indicator.code: indicator for indicator in _LISTED}
FOURTEEN = tuple(code for code, indicator in INDICATORS.items() if indicator.number)
