"""Reading what citizens type: e-mail, telephone, number, date, text, media."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine.events import Answer
from chatbot_flow.engine.inputs import Wrong, clean_answer, json_value, parse, parse_media, show
from chatbot_flow.engine.patterns import PatternError, compile_pattern
from chatbot_flow.engine.steps import ANSWERS, FlowStep

PATTERN = compile_pattern("[A-Z]{3}-?[0-9]{4}")


def read(kind, text, **more):
    more.setdefault("pattern", PATTERN)
    return parse(FlowStep("q", "question", "Q", answer=kind, **more), clean_answer(Answer(text)))


def wrong(kind, text, **more):
    value = read(kind, text, **more)
    return value.text if isinstance(value, Wrong) else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("maria@exemplo.com.br", "maria@exemplo.com.br"),
        ("  Maria.Silva@Exemplo.COM ", "maria.silva@exemplo.com"),
        ("meu e-mail é maria@x.com.", "maria@x.com"),
        ("maria @ exemplo.com", "maria@exemplo.com"),
        ("<maria+ti@x.gov.br>", "maria+ti@x.gov.br"),
        ("maria@x.com, obrigada", "maria@x.com"),
    ],
)
def test_emails(text, value):
    assert read("email", text) == value


@pytest.mark.parametrize(
    "text",
    ["maria", "maria@", "@x.com", "maria@x", "a@b.com c@d.com", "maria..silva@x.com",
     "maria@x..com", "maria@-x.com", "joão@x.com", "a@x.com@y.com", "maria@x.c", "@", "🙂"],
)  # fmt: skip
def test_wrong_emails(text):
    assert wrong("email", text) == "wrong_email"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(31) 98888-7777", "+5531988887777"),
        ("31988887777", "+5531988887777"),
        ("3188887777", "+5531988887777"),
        ("+55 31 98888-7777", "+5531988887777"),
        ("5531988887777", "+5531988887777"),
        ("553188887777", "+5531988887777"),
        ("031 98888-7777", "+5531988887777"),
        ("(31) 3852-1234", "+553138521234"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_telephones(text, value):
    assert read("phone", text) == value


@pytest.mark.parametrize("text", ["123", "88887777", "não tenho", "(00) 98888-7777", "9" * 40])
def test_wrong_telephones(text):
    assert wrong("phone", text) == "wrong_phone"


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("-3", -3), ("1.234", 1234), ("1.234,56", 1234.56), ("0,5", 0.5), ("2.5", 2.5),
     ("R$ 10,00", 10.0), ("0", 0)],
)  # fmt: skip
def test_numbers(text, value):
    assert read("number", text) == value


@pytest.mark.parametrize(
    "text", ["doze ou treze", "uns 12", "1,2,3", "٣", "1e5", "9" * 30, "--1", "²"]
)
def test_wrong_numbers(text):
    assert wrong("number", text) == "wrong_number"


def test_number_bounds_are_told():
    answer = read("number", "30", minimum=1, maximum=20)
    assert answer == Wrong(
        "wrong_number_range", {"minimo": "1", "maximo": "20", "faixa": "um número de 1 a 20"}
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("05/03/2026", "2026-03-05"), ("5/3/26", "2026-03-05"), ("05-03-1985", "1985-03-05"),
     ("05.03.85", "1985-03-05"), ("05032026", "2026-03-05"), ("29/02/2024", "2024-02-29")],
)  # fmt: skip
def test_dates(text, value):
    assert read("date", text) == value


@pytest.mark.parametrize(
    "text", ["31/02/2026", "29/02/2023", "ontem", "2026-13-05", "1/13/2026", "05/03/0000", "1/2/3"]
)
def test_wrong_dates(text):
    assert wrong("date", text) == "wrong_date"


def test_length_of_texts():
    assert read("text", "oi") == "oi"
    assert wrong("text", "oi", minimum=5) == "wrong_text_short"
    assert wrong("text", "x" * 1001) == "wrong_text_long"
    assert read("text", "x" * 1001, maximum=2000) == "x" * 1001
    assert wrong("text", "   ") == "wrong_text"


def test_a_caption_is_a_text_but_a_picture_alone_is_none():
    step = FlowStep("q", "question", "Q")
    assert parse(step, Answer("sem rede", kind="media", media_ref="message:1")) == "sem rede"
    assert isinstance(parse(step, Answer("", kind="media", media_ref="message:1")), Wrong)


def test_location_by_map_or_by_words():
    step = FlowStep("q", "question", "Q", answer="location")
    place = Answer(kind="location", latitude=-19.8, longitude=-43.1)
    assert parse(step, place) == {"latitude": -19.8, "longitude": -43.1}
    assert parse(step, Answer("Rua A, 10")) == "Rua A, 10"
    assert isinstance(parse(step, clean_answer(Answer(kind="location", latitude=999.0))), Wrong)


def test_media_by_kind():
    step = FlowStep("q", "question", "Q", answer="media", media_kinds=("image", "video"))
    picture = Answer(kind="media", media_ref="message:7", media_kind="image")
    assert parse_media(step, picture) == "message:7"
    refused = parse_media(step, Answer(kind="media", media_ref="message:7", media_kind="audio"))
    assert refused == Wrong("wrong_media", {"tipos": "uma foto ou um vídeo"})


@pytest.mark.parametrize(
    ("text", "value"),
    [("390.533.447-05", "39053344705"), ("39053344705", "39053344705"),
     ("meu CPF é 390.533.447-05", "39053344705"), ("390 533 447 05", "39053344705"),
     ("390.533.447-06", None), ("111.111.111-11", None), ("3905334470", None), ("", None),
     ("390.533.447-05 ou 231.002.999-00", None), ("139053344705", None)],
)  # fmt: skip
def test_cpf(text, value):
    assert wrong("cpf", text) == (None if value else "wrong_cpf")
    assert not value or read("cpf", text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("16.727.230/0001-97", "16727230000197"), ("16727230000197", "16727230000197"),
     ("cnpj: 12.abc.345/01de-35", "12ABC34501DE35"), ("16.727.230/0001-98", None),
     ("00.000.000/0000-00", None), ("16727230000", None)],
)  # fmt: skip
def test_cnpj_also_with_letters(text, value):
    assert wrong("cnpj", text) == (None if value else "wrong_cnpj")
    assert not value or read("cnpj", text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("14:30", "14:30"), ("14h30", "14:30"), ("14h", "14:00"), ("às 9h", "09:00"),
     ("1430", "14:30"), ("9", "09:00"), ("2 da tarde", "14:00"), ("9h da noite", "21:00"),
     ("meio-dia", "12:00"), ("24:00", None), ("10:60", None), ("agora", None), ("9:3", None)],
)  # fmt: skip
def test_times(text, value):
    assert wrong("time", text) == (None if value else "wrong_time")
    assert not value or read("time", text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("sim", True), ("SIM!", True), ("Sim, por favor", True), ("não", False), ("N", False),
     ("não, obrigada", False), ("não sei", None), ("talvez", None)],
)  # fmt: skip
def test_yes_and_no(text, value):
    found = read("yes_no", text)
    assert (found is value) if value is not None else wrong("yes_no", text) == "wrong_yes_no"


def test_an_expression_describes_the_whole_answer():
    assert read("pattern", "ABC-1234") == "ABC-1234"
    assert wrong("pattern", "placa ABC-1234") == "wrong_pattern"
    # what makes other engines try for ages is answered at once
    slow = compile_pattern("(a+)+(b|a)*c")
    assert wrong("pattern", "a" * 900, pattern=slow) == "wrong_pattern"
    assert wrong("pattern", "a" * 2000, pattern=slow) == "wrong_pattern"


@pytest.mark.parametrize(
    "source", ["", "(", r"(a)\1", "(?=a)b", "(?<!a)b", "((a{1000}){1000})", "a" * 201]
)
def test_expressions_that_are_refused(source):
    with pytest.raises(PatternError) as error:
        compile_pattern(source)
    assert str(error.value)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("2026-03-05", "date", "05/03/2026"),
        ("+5531988887777", "phone", "(31) 98888-7777"),
        (1234.5, "number", "1234,5"),
        (["message:1", "message:2"], "media", "2 arquivos"),
        ({"latitude": -19.8, "longitude": -43.1}, "location", "-19.80000, -43.10000"),
        ({"address": "Rua A", "latitude": 1, "longitude": 1}, "location", "Rua A"),
        (None, "text", ""),
        (True, "text", "sim"),
        ("lixo", "date", "lixo"),
        ("lixo", "phone", "lixo"),
    ],
)
def test_show(value, kind, text):
    assert show(value, kind) == text


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()


@given(
    st.builds(Answer, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING)
    | ANYTHING,
    st.sampled_from([kind for kind in ANSWERS if kind != "media"]),
)
def test_any_answer_is_read_or_wrong(answer, kind):
    clean = clean_answer(answer)
    value = parse(FlowStep("q", "question", "Q", answer=kind, pattern=PATTERN), clean)
    if isinstance(value, Wrong):
        assert value.text.startswith("wrong_")
    else:
        json.dumps(value, allow_nan=False).encode()
        assert isinstance(show(value, kind), str)


@given(st.text(), st.sampled_from([kind for kind in ANSWERS if kind != "media"]))
def test_what_is_read_has_no_unsafe_characters(text, kind):
    value = read(kind, text)
    if isinstance(value, str):
        assert "\x00" not in value
        value.encode()


@given(
    st.recursive(
        ANYTHING | st.dates(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANYTHING.filter(
            lambda key: key == key), inner, max_size=3),
    )
)  # fmt: skip
def test_json_value_is_json(value):
    json.dumps(json_value(value), allow_nan=False).encode()
