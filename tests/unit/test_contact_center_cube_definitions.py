import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_cube.cube import (
    DAY,
    Column,
    Cube,
    Source,
    WrongCube,
    WrongName,
    checked_login,
    code,
    definitions,
    group_names,
    instructions,
    key,
    measure,
    sources,
)

ONE = measure("quantos", "Quantos")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


@given(st.text(max_size=60))
def test_no_name_carries_a_statement(name):
    for make in (
        lambda: Column(name, "text", "x"),
        lambda: Cube(name, "t", "c", (DAY, ONE), "SELECT 1"),
    ):
        try:
            make()
        except WrongCube:
            continue
        assert IDENTIFIER.fullmatch(name)
        assert len(name) <= 40


@pytest.mark.parametrize(
    "make",
    [
        lambda: Column("a", "int4; DROP TABLE x", "x"),
        lambda: Column("a", "text", " "),
        lambda: Column("id_fila", "integer", "x", refers="res_partner"),
        lambda: Column("fila", "integer", "x", refers="fila"),
        lambda: Cube("a", "t", "c", (ONE,), ""),
        lambda: Cube("a", "t", "c", (DAY,), ""),
        lambda: Cube("a", "t", "c", (DAY, ONE, ONE), ""),
        lambda: Cube("a", "t", "c", (DAY, key("id_fila", "fila", "x"), measure("fila", "x")), ""),
        lambda: definitions.check([sources.CORE, Source((sources.WAITS,))]),
    ],
)
def test_definitions_that_cannot_be(make):
    with pytest.raises(WrongCube):
        make()


def test_the_cubes_of_the_core():
    definitions.check([sources.CORE])
    names = [cube.name for cube in sources.CORE.cubes]
    assert names == ["atendimentos", "esperas", "servicos", "estados", "pesquisas", "retornos"]
    for cube in sources.CORE.cubes:
        # one value for each column but the day
        assert cube.rows.count("%(start)s") + cube.rows.count("%(start_us)s") >= 1
        for column in cube.columns:
            assert column.comment[0].isupper()
            assert "nome" not in column.name
    assert code("canal", "m", "f", "x").codes == ("m", "f")


def test_citizens_are_numbers():
    columns = {column.name for cube in sources.CORE.cubes for column in cube.columns}
    assert not columns & {"nome", "telefone", "cpf", "endereco", "protocolo"}


# ------------------------------------------------------------
# Roles
# ------------------------------------------------------------


@given(st.text(max_size=60))
def test_no_login_carries_a_statement(name):
    try:
        role = checked_login(name)
    except WrongName:
        return
    assert IDENTIFIER.fullmatch(role)
    assert role.startswith("olap_")
    assert len(role) <= 63


@given(st.text(min_size=1, max_size=63), st.text(min_size=1, max_size=63))
def test_two_databases_never_share_a_group(one, other):
    for name in (*group_names(one), *group_names(other)):
        assert IDENTIFIER.fullmatch(name)
        assert len(name) <= 63
    assert (set(group_names(one)) & set(group_names(other)) != set()) == (one == other)


def test_instructions_name_the_group_of_what_is_read():
    plain, citizens = group_names("cidade")
    assert f'"{plain}" NOLOGIN' in instructions("cidade")
    assert f'IN ROLE "{plain}"' in instructions("cidade", "olap_x")
    assert f'IN ROLE "{citizens}"' in instructions("cidade", "olap_x", with_citizens=True)
    assert "read_only" in instructions("cidade", "olap_x")
