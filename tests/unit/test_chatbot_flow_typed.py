"""Texts that people really type or paste on a telephone, by kind of question."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine.events import Answer
from chatbot_flow.engine.inputs import Reading, Wrong, clean_answer, interpret
from chatbot_flow.engine.placeholders import Template
from chatbot_flow.engine.steps import FlowStep
from tests.cases import case
from tests.unit.test_contact_center_tidying import BLANKS, DASHES, INVISIBLE

CPF, CNPJ, LETTERS = "39053344705", "16727230000197", "12ABC34501DE35"
#: A Sunday
TODAY = datetime.date(2026, 11, 29)
SKINS = ("", *map(chr, range(0x1F3FB, 0x1F400)))


def read(kind, text, today=TODAY, /, **more):
    return interpret(
        FlowStep("q", "question", "Q", answer=kind, **more), clean_answer(Answer(text)), today
    )


def value(kind, text, today=TODAY):
    """Return the value taken, told to the citizen or not; None when asked (again)."""
    found = read(kind, text, today)
    return found.value if isinstance(found, Reading) and found.doubt != "ask" else None


def doubt(kind, text):
    return read(kind, text).doubt


@pytest.mark.parametrize(
    "text",
    ["Meu CPF:\n390.533.447-05", "390.533.447‑05", "\u202a390.533.447-05\u202c",
     "390.533.447-05 ok", "390 . 533 . 447 - 05", "390.533.\n447-05", "CPF390.533.447-05",
     "３９０．５３３．４４７－０５", "390\u00a0533\u00a0447\u00a005", "390/533/447-05",
     "*390.533.447-05*",
     "3 9 0 5 3 3 4 4 7 0 5", "\ufeff39053344705", "cpf 390.533.447–05, obrigada",
     "390,533,447-05"],
)  # fmt: skip
def test_cpf_as_it_is_copied(text):
    assert value("cpf", text) == CPF


@pytest.mark.parametrize(
    "text",
    ["390.533.447-0", "390.533.447-050", "1390.533.447-05", "390.533.447-05 e 231.002.999-00",
     "000.000.000-00", "123", "trezentos e noventa", "390.533.447-05-1", "39053344705.1"],
)  # fmt: skip
def test_what_is_no_cpf_is_asked_again(text):
    assert value("cpf", text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("CNPJ:\n16.727.230/0001-97", CNPJ),
        ("16.727.230/0001‑97", CNPJ),
        ("16 . 727 . 230 / 0001 - 97", CNPJ),
        ("16.727.230⁄0001-97", CNPJ),
        ("１６．７２７．２３０／０００１－９７", CNPJ),
        ("CNPJ da empresa 16727230000197 ok", CNPJ),
        ("12.abc.345/01de‑35", LETTERS),
        ("cnpj\n12.ABC.345/01DE-35", LETTERS),
        ("minha empresa é a 12ABC34501DE35", LETTERS),
        ("16.727.230/0001-98", None),
        ("16.727.230/0001", None),
        ("empresa de comércio nova 2026", None),
    ],
)
def test_cnpj_as_it_is_copied_letters_too(text, number):
    assert value("cnpj", text) == number


def test_the_case_of_copied_numbers():
    for text in case("w15-cpf-as-copied.json")["payload"]["texts"]:
        kind, number = ("cnpj", CNPJ) if "CNPJ" in text else ("cpf", CPF)
        assert value(kind, text) == number, text


YES = (
    "sim", "SIM", "Sim!", "s", "ss", "sss", "siiim", "simmm", "isso", "isso mesmo", "isso aí",
    "é isso", "é", "é sim", "claro", "claro que sim", "com certeza", "pode", "pode ser", "pode sim",
    "positivo", "afirmativo", "aham", "uhum", "quero", "eu quero sim", "blz", "beleza", "ok",
    "okay",
    "OK 👍", "tá", "tá bom", "certo", "correto", "confirmo", "aceito", "concordo", "de acordo",
    "👍", "✅", "👌", "✔️", "🆗", "👍👍👍", "sim 🙏", "sim, por favor", "sim por favor",
    "Sim, obrigada!",
    "ok, obrigado", "sim sim", "Sim, moro aqui", "por favor, sim", "bom dia, sim",
    "\u202asim\u202c",
    "ｓｉｍ", "tudo certo", "exato", "perfeito", "pode mandar", "fechado", "sem problema", "yes",
)  # fmt: skip
NO = (
    "não", "nao", "NÃO", "Não.", "n", "nn", "nnn", "ñ", "naaao", "nãooo", "nope", "naum",
    "negativo", "de jeito nenhum", "nada", "nem pensar", "👎", "❌", "🚫", "👎👎", "❌ não",
    "não, obrigado", "não obrigada", "nao quero", "agora não", "ainda não", "não precisa",
    "claro que não", "não é isso", "isso não", "não está certo", "errado", "Não, tudo diferente",
    "Na\u0303o", "\u200en\u00e3o", "não confirmo", "nunca", "não, não",
)  # fmt: skip
NEITHER = (
    "não sei", "sim card", "sim e não", "talvez", "🙏", "👍👎", "obrigado", "bom dia",
    "não, espera",
    "sim, mas não agora", "acho que sim", "acho que não", "sim?", "ok?", "não é isso mesmo?", "12",
    "meu nome é Sim", "não tenho certeza", "😡", "❤️", "no centro", "pode ser amanhã", "?", "...",
    "não, é isso mesmo", "depende", "nada de água na rua", "claro que quero falar com alguém",
    "é o IPTU", "sim ou não", "simone", "okazaki", "nenhum dos dois, acho",
)  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_yes(text):
    assert value("yes_no", text) is True


@pytest.mark.parametrize("text", NO)
def test_no(text):
    assert value("yes_no", text) is False


@pytest.mark.parametrize("text", NEITHER)
def test_neither_yes_nor_no_is_asked_again(text):
    assert read("yes_no", text) == Wrong("wrong_yes_no")


@given(st.sampled_from("👍👎"), st.sampled_from(SKINS))
def test_thumbs_of_every_skin(thumb, skin):
    assert value("yes_no", thumb + skin) is (thumb == "👍")


def test_the_case_of_yes_and_no():
    texts = case("w16-yes-no.json")["payload"]
    assert [value("yes_no", text) for text in texts["yes"]] == [True] * len(texts["yes"])
    assert [value("yes_no", text) for text in texts["no"]] == [False] * len(texts["no"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/03/2026", "2026-03-15"),
        ("15.03.26", "2026-03-15"),
        ("15–03–2026", "2026-03-15"),
        ("15⁄03⁄2026", "2026-03-15"),
        ("2026-03-15", "2026-03-15"),
        ("15 de março de 2026", "2026-03-15"),
        ("1º de abril de 2026", "2026-04-01"),
        ("primeiro de maio de 2027", "2027-05-01"),
        ("15/mar/26", "2026-03-15"),
        ("no dia 15/03/2026, às 14h", "2026-03-15"),
        ("domingo, 29/11/2026", "2026-11-29"),
        ("segunda, 29/11/2026", None),
        ("hoje", "2026-11-29"),
        ("Amanhã!", "2026-11-30"),
        ("depois de amanhã", "2026-12-01"),
        ("ontem", "2026-11-28"),
        ("daqui a 3 dias", "2026-12-02"),
        ("15/3", "2027-03-15"),
        ("20/11", "2026-11-20"),
        ("15 de março", "2027-03-15"),
        ("dia 15", "2026-12-15"),
        ("dia 31", "2026-12-31"),
        ("segunda que vem", "2026-11-30"),
        ("próxima sexta", "2026-12-04"),
        ("sexta-feira", "2026-12-04"),
        ("sexta passada", "2026-11-27"),
        ("terça da semana que vem", "2026-12-01"),
        ("31/02/2026", None),
        ("31/4", None),
        ("15", None),
        ("15/03/2026 ou 16/03/2026", None),
        ("não é 15/03/2026", None),
        ("hoje ou amanhã", None),
        ("hoje não", None),
        ("talvez amanhã", None),
        ("semana que vem", None),
        ("de segunda a sexta", None),
        ("192.168.0.1", None),
    ],
)
def test_dates(text, day):
    assert value("date", text) == day


def test_what_was_added_to_a_date_or_time_is_told():
    assert [doubt("date", text) for text in ("15/3", "dia 15", "segunda")] == ["tell"] * 3
    assert [doubt("date", text) for text in ("15/03/2026", "amanhã")] == [""] * 2
    assert [doubt("time", text) for text in ("2 e meia", "às 3")] == ["tell"] * 2
    assert [doubt("time", text) for text in ("14h30", "2 da tarde", "9h")] == [""] * 3


def test_without_todays_date_only_whole_dates_are_read():
    assert value("date", "15/03/2026", today=None) == "2026-03-15"
    for text in ("amanhã", "15/3", "segunda"):
        assert value("date", text, today=None) is None


def test_a_birth_needs_its_year():
    step = {"text": Template("Qual é a sua data de nascimento?")}
    assert read("date", "15/3", **step) == Wrong("wrong_date")
    assert read("date", "15/3/85", **step) == Reading("1985-03-15")


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)), st.integers(-180, 180))
def test_a_day_without_its_year_is_the_nearest(today, days):
    try:
        day = today + datetime.timedelta(days=days)
        day.replace(year=today.year)
    except (OverflowError, ValueError):
        return
    assert value("date", f"{day:%d/%m}", today) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14h", "14:00"), ("14h30", "14:30"), ("14h30min", "14:30"), ("14:30h", "14:30"),
        ("14：30", "14:30"), ("14.30", "14:30"), ("às 2 da tarde", "14:00"),
        ("duas da tarde", "14:00"), ("meio-dia", "12:00"), ("meio‑dia", "12:00"),
        ("meio dia e meia", "12:30"), ("meia-noite", "00:00"), ("2 e meia", "14:30"),
        ("2 e meia da manhã", "02:30"), ("9 da manhã", "09:00"), ("14 e 30", "14:30"),
        ("9 horas e 15 minutos", "09:15"), ("dez para as oito", "07:50"), ("2:30 PM", "14:30"),
        ("02:30", "02:30"), ("às 10, por favor", "10:00"), ("25h", None), ("14h60", None),
        ("14 ou 15", None), ("das 14 às 16", None), ("mais tarde", None), ("agora", None),
    ],
)  # fmt: skip
def test_times(text, time):
    assert value("time", text) == time


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("R$ 1.234,56", 1234.56), ("R$1.234,56", 1234.56), ("1234.56", 1234.56),
        ("1,234.56", 1234.56), ("1 234,56", 1234.56), ("R$\u00a01.234,56", 1234.56), ("1 mil",
        1000),
        ("mil", 1000), ("mil e duzentos", 1200), ("2 mil e 500", 2500), ("1,5 mil", 1500),
        ("R$ 2 mil", 2000), ("3k", 3000), ("50 reais", 50), ("50 conto", 50), ("doze", 12),
        ("vinte e um", 21), ("dez reais e cinquenta centavos", 10.5), ("50 centavos", 0.5),
        ("12 pessoas", 12), ("são 12", 12), ("−3", -3), ("１２", 12), ("12.", 12), ("12 ok", 12),
        ("2 ou 3", None), ("1.23.4", None), ("uns 12", None), ("não sei", None), ("12 13", None),
        ("vinte trinta", None), ("mil mil", None), ("1.500 mil", None), ("R$", None), ("½", None),
    ],
)  # fmt: skip
def test_numbers_and_sums(text, number):
    assert value("number", text) == number


@pytest.mark.parametrize(
    ("text", "address", "doubtful"),
    [
        ("maria@ exemplo . com . br", "maria@exemplo.com.br", False),
        ("Maria@Exemplo.com.", "maria@exemplo.com", False),
        ("maria@exemplo.com. Obrigada", "maria@exemplo.com", False),
        ("ｍａｒｉａ＠exemplo.com", "maria@exemplo.com", False),
        ("maria\u200b@exemplo.com", "maria@exemplo.com", False),
        ("Maria Silva <maria@exemplo.com>", "maria@exemplo.com", False),
        ("mailto:maria@exemplo.com", "maria@exemplo.com", False),
        ("joão@exemplo.com", "joao@exemplo.com", True),
        ("maria arroba gmail ponto com", "maria@gmail.com", True),
        ("maria@gmail,com", "maria@gmail.com", True),
        ("maria@gmail.con", "maria@gmail.com", True),
        ("maria silva@gmail.com", "silva@gmail.com", True),
    ],
)
def test_an_address_that_was_mended_is_asked(text, address, doubtful):
    assert read("email", text) == Reading(address, "ask" if doubtful else "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("０３１ ９８８８８−７７７７", Reading("+5531988887777")),
        ("\u202a+55 31 98888‑7777\u202c", Reading("+5531988887777")),
        ("meu zap é 31 98888 7777, obrigada", Reading("+5531988887777")),
        ("31 98888-7777 ou 31 3333-4444", Wrong("wrong_phone_many")),
        ("98888-7777", Wrong("wrong_phone")),
        ("390.533.447-05", Wrong("wrong_phone")),
        ("0800 283 2289", Wrong("wrong_phone")),
    ],
)
def test_telephones(text, found):
    assert read("phone", text) == found


#: Every kind with a text that has dashes ("-") and blanks where people put them
SAMPLES = {
    "cpf": "CPF 390.533.447-05",
    "cnpj": "CNPJ 16.727.230/0001-97",
    "date": "dia 15-03-2026",
    "time": "2 e meia da tarde",
    "number": "R$ 1.234,56",
    "email": "meu e-mail: maria@exemplo.com",
    "phone": "(31) 98888-7777",
    "yes_no": "sim, por favor 👍",
}


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_what_nobody_sees_never_changes_a_reading(kind, data):
    text = SAMPLES[kind]
    expected = read(kind, text)
    assert isinstance(expected, Reading)
    dash, blank = data.draw(st.sampled_from(DASHES)), data.draw(st.sampled_from(BLANKS))
    text = text.replace("-", dash).replace(" ", blank * data.draw(st.integers(1, 2)))
    text = text.replace("👍", "👍" + data.draw(st.sampled_from(SKINS)))
    for _mark in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(INVISIBLE)) + text[at:]
    around = data.draw(st.sampled_from(["", " ", "\n", "\u00a0", "\u200f"]))
    assert read(kind, around + text + around) == expected


@given(st.sampled_from(sorted(SAMPLES)), st.text(max_size=30))
def test_letters_of_no_meaning_never_become_a_value(kind, text):
    letters = "".join(char for char in text if char.isalpha() and not char.isascii())
    found = read(kind, f"xyz {letters} qwk")
    assert isinstance(found, Wrong)
