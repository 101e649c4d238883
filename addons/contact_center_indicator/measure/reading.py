# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Readings: how both parties read a contract that contradicts itself or is silent.

Each `Switch` is one question with its possible answers; a `Reading` is one answer to each. The
answers in force on a day are fixed by versions with a start date, never changed backwards. The
words are Portuguese, for they are printed on the statements that both parties sign.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


class WrongReading(ValueError):
    """There is no such switch, or no such answer."""


@dataclass(frozen=True, slots=True)
class Switch:
    """One question about the contract.

    :param key: under which the answer is stored
    :param number: the contradiction that it settles
    :param question: in Portuguese
    :param answers: {value: words in Portuguese}, the default first
    """

    key: str
    number: str
    question: str
    answers: Mapping[str, str]

    @property
    def default(self) -> str:
        """Return the answer that is in force until both parties choose another one."""
        return next(iter(self.answers))


YES_NO = {"no": "não", "yes": "sim"}
_ASKED = (
    ("billed_value", "C1", "Qual é o valor do mês que gera penalidade?", {
        "mean": "a média dos dias trabalhados",
        "total": "o total do mês sobre o total do mês",
    }),
    ("fine_scope", "C2", "A penalidade é por indicador ou por fila?", {
        "overall": "uma vez por indicador, sobre o geral",
        "queue": "uma vez por indicador e fila",
    }),
    ("service_population", "C3", "Sobre quais contatos se calcula o nível de serviço?", {
        "queue": "os que entraram na fila humana",
        "all": "os que entraram na fila e os encerrados pelo atendimento eletrônico",
    }),
    ("service_base", "C3", "Contatos abandonados contam no nível de serviço?", {
        "offered": "sim, todos",
        "answered": "não, só os atendidos",
        "without_short": "sim, menos os abandonos curtos",
    }),
    ("service_queue", "C3", "A qual fila pertence um contato que mudou de fila na espera?", {
        "first": "à primeira",
        "last": "à última",
    }),
    ("service_text", "C3", "Em contatos escritos, o que conta como atendido?", {
        "reply": "a primeira resposta de uma pessoa",
        "accept": "um atendente assumir",
    }),
    ("wait_from", "C4", "Desde quando se conta a espera?", {
        "queue": "desde a entrada na fila",
        "opened": "desde a entrada na central",
    }),
    ("wait_population", "C5", "De quem é a espera média?", {
        "received": "de todos os que entraram na fila",
        "answered": "só dos atendidos",
    }),
    ("abandon_population", "C6", "Sobre quais contatos se calcula o abandono?", {
        "queue": "os que entraram na fila humana",
        "all": "os que entraram na fila e os encerrados pelo atendimento eletrônico",
    }),
    ("short_abandon", "C6", "Abandonos curtos são retirados?", {
        "0": "não",
        "5": "sim, os de até 5 segundos",
        "10": "sim, os de até 10 segundos",
        "20": "sim, os de até 20 segundos",
    }),
    ("goal_edge", "C7", "Um valor igual à meta atinge a meta?", {
        "meets": "sim, as faixas começam além da meta",
        "misses": "não, a faixa baixa começa na meta",
    }),
    ("band_gaps", "C8", "E os valores entre as faixas impressas da espera média?", {
        "continuous": "as faixas são contínuas",
        "printed": "só o que está impresso é penalizado",
    }),
    ("registration_fined", "C9", "O índice de atendimentos registrados gera penalidade?", {
        "no": "não, até que a prefeitura confirme as faixas por escrito",
        "mirrored": "sim, com faixas espelhadas abaixo de 100 %",
    }),
    ("handling_direction", "C10", "O que é pior no tempo médio de atendimento?", {
        "longer": "ficar acima da meta",
        "shorter": "ficar abaixo da meta",
    }),
    ("medium_park", "C11", "Qual é a meta de equipamentos parados de 51 a 100 unidades?", {
        "strict": "2 %",
        "loose": "5 %",
    }),
    ("loss_ceiling", "C12", "O limite mensal das penalidades diárias é por indicador?", {
        "each": "sim, 1,55 % para cada um",
        "together": "não, 1,55 % para os dois juntos",
    }),
    ("other_duties", "C13", "As demais obrigações entram no limite de 20 %?", {
        "outside": "não",
        "inside": "sim",
    }),
    ("quality_day", "C14", "Até quando se entrega a classificação da qualidade?", {
        "day5": "até o dia 5",
        "working_day5": "até o 5º dia útil",
    }),
    ("quality_bands", "C15", "Quais são as faixas de duração dos atendimentos avaliados?", {
        "shares": "até 75 %, até 150 % e acima de 150 % do tempo médio",
        "printed": "como impressas, com a sobreposição",
    }),
    ("power_dialling", "C16", "A discagem automática espera um atendente livre?", {
        "free_agent": "sim",
        "interaction": "não, ela interage com o atendente",
    }),
    ("quality_figure", "C17", "Qual número da qualidade gera penalidade?", {
        "mean": "a nota média",
        "share": "a parte de avaliações boas e excelentes",
    }),
    ("hours", "C18", "Quais horas de atendimento valem?", {
        "queue": "as do calendário de cada fila",
        "contract": "as do contrato, iguais para todas as filas",
    }),
    ("repair_fines", "C19", "Quais prazos de reparo geram penalidade própria?", {
        "two_hours": "só os de 2 horas",
        "all": "todos",
    }),
    ("occurrences", "C20", "Reparos e demais obrigações são penalizados quantas vezes?", {
        "once": "uma vez por mês e tipo",
        "each": "a cada ocorrência",
    }),
    ("cut_month", "C21", "O que conta do mês em que a carência termina?", {
        "later_days": "só os dias depois dela",
        "free": "nada, o mês inteiro fica livre",
    }),
    ("turnover", "K7", "Como se calcula a rotatividade?", {
        "half": "metade das entradas e saídas sobre a média de atendentes",
        "exits": "só as saídas sobre a média de atendentes",
    }),
    ("worked_day", "C22", "O que é um dia trabalhado?", {
        "with_contacts": "um dia com contatos no denominador",
        "calendar": "todo dia do mês; um dia sem contatos conta zero",
    }),
)  # fmt: skip
SWITCHES: Mapping[str, Switch] = {asked[0]: Switch(*asked) for asked in _ASKED}


class Reading:
    """One answer to each question; what is not said has its default.

    >>> Reading({"cut_month": "free"})["cut_month"], Reading()["cut_month"]
    ('free', 'later_days')
    """

    __slots__ = ("_answers",)

    def __init__(self, answers: Mapping[str, str] = {}):
        """Check the answers: raise `WrongReading` for a switch or an answer that is not known."""
        for key, value in answers.items():
            if key not in SWITCHES:
                raise WrongReading(f"no switch {key!r}")
            if value not in SWITCHES[key].answers:
                raise WrongReading(f"{key}: no answer {value!r}")
        self._answers = {key: answers.get(key, SWITCHES[key].default) for key in SWITCHES}

    def __getitem__(self, key: str) -> str:
        """Return the answer to one question."""
        return self._answers[key]

    def __eq__(self, other) -> bool:
        """Return whether all answers are the same."""
        return isinstance(other, Reading) and self._answers == other._answers

    def __hash__(self) -> int:
        """Return a hash of the answers."""
        return hash(tuple(self._answers.items()))

    def as_dict(self) -> dict[str, str]:
        """Return all answers, those by default included."""
        return dict(self._answers)

    def changed(self) -> dict[str, str]:
        """Return the answers that are not the defaults."""
        return {
            key: value for key, value in self._answers.items() if value != SWITCHES[key].default
        }

    def differences(self, other: "Reading") -> list[tuple[Switch, str, str]]:
        """Return what differs: (switch, words here, words there)."""
        return [
            (switch, switch.answers[self[key]], switch.answers[other[key]])
            for key, switch in SWITCHES.items()
            if self[key] != other[key]
        ]

    @property
    def short_abandon_us(self) -> int:
        """Return up to which wait an abandonment is short, in microseconds; 0 if none is."""
        return int(self["short_abandon"]) * 1_000_000


DEFAULT = Reading()
"""The answers that hold until both parties choose others."""


def in_force(versions: Iterable[tuple[date, Reading]], day: date) -> Reading:
    """Return the reading of a day: that of the last version which began by then.

    >>> begins = date(2026, 3, 1)
    >>> free = Reading({"cut_month": "free"})
    >>> in_force([(begins, free)], date(2026, 2, 28)) == Reading()
    True
    >>> in_force([(begins, free)], begins) == free
    True
    """
    begun = [(start, reading) for start, reading in versions if start <= day]
    return max(begun, key=lambda version: version[0])[1] if begun else DEFAULT
