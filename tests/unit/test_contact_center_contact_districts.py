import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_contact.core import districts
from contact_center_contact.core.districts import DistrictFileError, Finder, Listed, read_list

NAMES = {
    1: ("Santa Efigênia", "Sta. Efigenia de Baixo"),
    2: ("São Lucas",),
    3: ("Savassi", "Praça da Liberdade"),
    4: ("Jardim América",),
    5: ("Vila Cafezal",),
    6: ("Nossa Senhora de Fátima",),
    7: ("Dom Cabral",),
    8: ("São João",),
    9: ("Santa João",),
    10: ("1º de Maio",),
    11: ("Bairro das Indústrias",),
    12: ("Centro",),
}
find = Finder(NAMES, "Belo Horizonte")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Santa Efigênia", 1),
        ("STA EFIGENIA", 1),
        ("  sta.   efigênia ", 1),
        ("Bairro Santa Efigênia", 1),
        ("Bairo Santa Efigênia", 1),
        ("B. Sta Efigênia", 1),
        ("santa efigenia de baixo", 1),
        ("S. Lucas", 2),
        ("sao lucas", 2),
        ("Praca Liberdade", 3),
        ("Savassi - Belo Horizonte/MG", 3),
        ("Savassi (BH)", 3),
        ("savassi, bh, mg", 3),
        ("Jd. America", 4),
        ("Vl Cafezal", 5),
        ("N. Sra. de Fátima", 6),
        ("N Sra Fatima", 6),
        ("D. Cabral", 7),
        ("1º de maio", 10),
        ("1 de Maio", 10),
        ("Indústrias", 11),
        # what could be two is none
        ("S. João", None),
        # another city, or more than a district
        ("Centro - Contagem", None),
        ("Savassi, Centro", None),
        ("perto da Savassi", None),
        ("", None),
        (None, None),
        ("-", None),
    ],
)
def test_found_as_people_write_it(text, found):
    assert find(text) == found


@given(st.sampled_from([(key, names[0]) for key, names in NAMES.items()]), st.data())
def test_case_accents_and_blanks_make_no_difference(known, data):
    key, name = known
    typed = "".join(
        data.draw(st.sampled_from([char.upper(), char.lower(), districts.plain(char) or char]))
        for char in name
    )
    typed = typed.replace(" ", data.draw(st.sampled_from([" ", "  ", "\u00a0"])))
    assert find(typed) == key


@given(st.text(max_size=200))
def test_nothing_that_is_typed_breaks_it(text):
    assert find(text) is None or find(text) in NAMES
    assert len(districts.forms(text)) <= 64


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Barreiro", "barreiro"),
        ("bairro  BARREIRO ", "barreiro"),
        ("bairo Barreiro", "barreiro"),
        ("B. São Gabriel", "sao gabriel"),
        ("Regional Venda Nova", "venda nova"),
        ("Venda Nova - BH", "venda nova"),
        ("Bairro", "bairro"),
        ("123", ""),
        ("", ""),
        (None, ""),
        ("\x00😀", ""),
        # of the list: by any of its names, and that of its own name
        ("praça da liberdade", "savassi"),
        ("Jd. América", "jardim america"),
        ("Jardim América, Belo Horizonte", "jardim america"),
        ("Regional Centro", "centro"),
        # what could be two is counted as it was written
        ("S. João", "s joao"),
    ],
)
def test_a_place_has_one_key_listed_or_not(written, key):
    assert find.key(written) == key


@given(st.text(max_size=400))
def test_any_text_is_a_place_or_none(text):
    found = find.key(text)
    assert len(found) <= districts.KEY_LENGTH
    assert found == districts.plain(found)
    assert not found or any("a" <= char <= "z" for char in found)


@given(st.sampled_from(["Floresta", "Santa Tereza", "Jd. Montanhês", "Alto dos Pinheiros"]))
def test_a_place_keeps_its_key_once_it_is_listed(name):
    assert find.key(name) == Finder({**NAMES, 99: (name, "outro nome")}).key("outro nome")


def test_another_city_is_elsewhere():
    assert find.elsewhere("Contagem")
    assert not find.elsewhere("BELO HORIZONTE")
    assert not find.elsewhere("BH")
    assert not find.elsewhere("")
    assert not Finder(NAMES).elsewhere("Contagem")


# ------------------------------------------------------------
# Files
# ------------------------------------------------------------


def test_headings_say_which_column_is_which():
    table = [
        ["Prefeitura, lista de bairros", None, None, None],
        [None, None, None, None],
        ["Código", "Regional", "BAIRRO", "Outros nomes"],
        [1, "Centro-Sul", "Savassi", "Praça da Liberdade; Funcionários Sul"],
        [2, "Leste", " Santa  Efigênia ", None],
    ]
    assert read_list(table) == [
        Listed("Savassi", "Centro-Sul", ("Praça da Liberdade", "Funcionários Sul")),
        Listed("Santa Efigênia", "Leste"),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_without_headings_regions_are_fewer(turned):
    rows = [["Savassi", "Centro-Sul"], ["Serra", "Centro-Sul"], ["Floresta", "Leste"]]
    found = read_list([row[::-1] if turned else row for row in rows])
    assert found == [Listed(*row) for row in rows]


def test_a_district_listed_twice_alike_is_one():
    rows = [["Bairro", "Região"], ["Savassi", "Centro-Sul"], ["SAVASSI", "centro sul"]]
    assert read_list(rows) == [Listed("Savassi", "Centro-Sul")]


def test_a_list_of_names_only_has_no_regions():
    assert read_list([["Bairro"], ["Savassi"]]) == [Listed("Savassi", "")]


@pytest.mark.parametrize(
    ("table", "reason", "row"),
    [
        ([], "empty", 0),
        ([[None, ""], [" "]], "empty", 0),
        ([["Bairro", "Regional"]], "empty", 0),
        ([["Savassi", "Leste"], ["Serra", "Oeste"]], "columns", 0),
        ([["a", "b", "c"], ["d", "b", "c"]], "columns", 0),
        ([["Bairro", "Regional"], ["", "Leste"]], "name", 2),
        ([["Bairro", "Regional"], ["...", "Leste"]], "name", 2),
        ([["Bairro", "Regional"], ["x" * 101, "Leste"]], "long", 2),
        (
            [["Bairro", "Regional"], ["Serra", "Leste"], ["Lapa", "Sul"], ["SERRA", "Sul"]],
            "twice",
            4,
        ),
        ([["Bairro"], *[[f"Bairro {number}"] for number in range(5_001)]], "many", 5_002),
    ],
)
def test_what_is_wrong_is_named_with_its_row(table, reason, row):
    with pytest.raises(DistrictFileError) as raised:
        read_list(table)
    assert (raised.value.reason, raised.value.row) == (reason, row)
    if reason == "twice":
        assert raised.value.other == 2


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=30)), max_size=4)))
def test_no_file_breaks_it(table):
    try:
        found = read_list(table)
    except DistrictFileError:
        return
    assert found
    assert all(districts.forms(listed.name) for listed in found)
