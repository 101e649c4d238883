"""Numbers, times and days as they are typed, dictated and pasted on telephones."""

import datetime

import pytest

from chatbot_flow.engine import amounts, clock_times
from contact_center.core import dates

TODAY = datetime.date(2026, 11, 25)  # a Wednesday
#: What is meant (None: nothing that can be taken), and how it is written
NUMBERS = {
    10: ["10", "dez", "10%", "10.", "10,-", "é 10", "🔟", "1️⃣0️⃣", "10 obrigado", "10 moradores"],
    1234.56: ["R$ 1.234,56", "R$1.234,56", "1,234.56"],
    1234: ["1.234"],
    1.5: ["1,5", "1.5"],
    50: ["R$ 50", "50 reais", "50,00", "R$ 50,00 (cinquenta reais)", "cinquenta reais"],
    None: [
        "uns 50",
        "mais ou menos 50",
        "50 a 60",
        "umas 3 pessoas",
        "nenhum",
        "nenhuma",
        "não tenho",
        "não sei",
        "1º",
        "2x",
        "um salário mínimo",
        "2 salários",
        "٣",
        "½",
        "casa 45",
        "45A",
        "45 fundos",
        "apto 3",
        "15/03",
        "meia dúzia",
        "uma dúzia",
        ",50",
        "R$ ,50",
        "acho que 10",
        "10?",
        "10 ou 11",
        "10 anos e 3 meses",
        "1'000",
        "ok 10",
    ],
    3: ["3 pessoas", "somos 3", "somos em 3", "somos em três", "3 filhos", "3️⃣"],
    0: ["zero"],
    1500: ["R$ 1.500", "1500 reais por mês"],
    1234567.89: ["1.234.567,89"],
    -5: ["\u22125", "-5"],
    5: ["+5"],
    3.5: ["3,5 km"],
    10000: ["10 mil", "10k", "10.000"],
    1000000: ["1 milhão"],
    45: ["nº 45", "n. 45", "numero 45"],
    31988887777: ["31988887777"],
    2500: ["dois mil e quinhentos"],
    1000: ["mil", "1 000,00"],
    120: ["cento e vinte"],
    0.5: ["0,50"],
    1: ["um", "uma"],
    2: ["duas", "dois gatos"],
    72: ["72 anos", "tenho 72", "tenho 72 anos"],
    200000: ["R$ 200 mil", "200 mil reais"],
    4: ["4 cachorros"],
}
TIMES = {
    "14:30": [
        "14:30",
        "14h30",
        "14:30h",
        "14:30hs",
        "14.30",
        "14 30",
        "1430",
        "2:30 pm",
        "2:30 p.m.",
        "2:30\u202fPM",
        "14:30:00",
        "14h30min",
        "14h 30",
        "14 h 30 min",
        "14:30 obrigado",
        "14;30",
        "14,30",
        "14 : 30",
        "14\uff1a30",
        "14\u223630",
    ],
    "14:00": [
        "14h",
        "14hs",
        "14 hs",
        "14 horas",
        "2 da tarde",
        "duas da tarde",
        "2h da tarde",
        "às 14h",
        "as 14",
        "umas 14h",
    ],
    "12:00": ["meio dia", "12h"],
    "12:30": ["meio-dia e meia"],
    "00:00": ["meia noite", "0h", "00:00"],
    "08:00": ["8 da manhã", "8h", "oito", "8", "8:00", "08:00"],
    "08:30": ["8 e meia", "oito e meia da manhã"],
    "14:50": ["dez para as três", "10 pra 3"],
    "14:45": ["quinze pras 3"],
    None: [
        "25:00",
        "24:00",
        "14:60",
        "não sei",
        "de manhã",
        "manhã",
        "à tarde",
        "qualquer hora",
        "entre 14 e 15",
        "das 14 às 15",
        "depois das 14",
        "antes das 10",
        "até as 10",
        "14 ou 15",
        "amanhã às 14h",
        "15/03",
        "31988887777",
        "14:3",
        "1 4:30",
    ],
    "07:15": ["07h15"],
    "19:00": ["7h da noite", "19h", "7 da noite"],
    "23:00": ["11 da noite"],
    "01:00": ["1 da manhã"],
    "13:00": ["uma hora"],
    "13:15": ["uma e quinze"],
    "10:00": ["10h da manhã pode ser", "pode ser 10h"],
}
DATES = {
    "2026-03-15": [
        "15/03/2026",
        "15/3/26",
        "15-03-2026",
        "15.03.2026",
        "15 03 2026",
        "15032026",
        "2026-03-15",
        "15 de março de 2026",
        "15 de marco 2026",
        "15/mar/2026",
        "15 mar 2026",
        "15-mar-26",
        "dia 15/03/2026",
        "domingo, 15 de março de 2026",
        "15/03/2026 às 14:30",
        "15/03/2026 14h",
        "15|03|2026",
        "15/ 03 / 2026",
        "15//03//2026",
        "15/03/ 2026",
        "15\u221503\u22152026",
        "15\u201303\u20132026",
        "15/03/2026.",
        "15 do 3 de 2026",
        "15 do 03 2026",
        "quinze de março de 2026",
        "2026/03/15",
        "2026.03.15",
        "2026-03-15T00:00:00",
        "2026-03-15 00:00:00",
    ],
    "2026-05-01": ["1º de maio de 2026", "1°/05/2026", "primeiro de maio de 2026"],
    None: [
        "segunda, 15/03/2026",
        "31/02/2026",
        "29/02/2026",
        "13/13/2026",
        "03/15/2026",
        "15/03/2026 ou 16/03/2026",
        "30",
        "semana que vem",
        "mês que vem",
        "qualquer dia",
        "não sei",
        "amanhã ou depois",
        "390.533.447-05",
        "31988887777",
        "15/03/2026 a 20/03/2026",
        "entre 15 e 20",
        "de 15/03 a 20/03",
        "15/03/2.026",
        "quinze do três de 2026",
        "natal",
        "março 15, 1980",
    ],
    "2028-02-29": ["29/02/2028"],
    "2026-11-26": ["amanhã"],
    "2026-11-25": ["hoje", "hj"],
    "2026-11-24": ["ontem"],
    "2026-11-27": ["depois de amanhã", "sexta", "sexta-feira", "sexta feira", "6ª feira"],
    "2026-11-30": ["segunda que vem", "próxima segunda", "dia 30", "30/11"],
    "2026-12-02": ["2/12"],
    "2027-01-02": ["02/01"],
    "2026-12-31": ["31/12"],
    "1980-03-15": [
        "15/03/1980",
        "15/03/80",
        "nasci em 15/03/1980",
        "nascida aos 15/03/1980",
        "15 março 1980",
        "15 de Março, 1980",
        "15/março/1980",
        "15 - 03 - 1980",
        "15,03,1980",
        "150380",
    ],
    "2069-03-15": ["15/03/69"],
    "2080-03-15": ["15/03/2080"],
}
BIRTHS = {
    "1969-03-15": ["15/03/69"],
    "1940-03-15": ["15/03/40"],
    "2026-03-15": ["15/03/26"],
    "1927-03-15": ["15/03/27"],
    None: ["15/03", "amanhã"],
}


def _pairs(table):
    return [(text, value) for value, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "value"), _pairs(NUMBERS))
def test_number(text, value):
    assert amounts.read(text) == value


@pytest.mark.parametrize(("text", "value"), _pairs(TIMES))
def test_time(text, value):
    found = clock_times.read(text)
    assert (found and found.value) == value


@pytest.mark.parametrize(("text", "value"), _pairs(DATES))
def test_date(text, value):
    found = dates.read(text, TODAY)
    assert (found and found.value.isoformat()) == value


@pytest.mark.parametrize(("text", "value"), _pairs(BIRTHS))
def test_a_birth_lies_behind(text, value):
    found = dates.read(text, TODAY, past=True)
    assert (found and found.value.isoformat()) == value
