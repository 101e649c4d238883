"""Secrets are sealed with keys outside the database, changed while at work."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core.sealing import (
    FILE_NAME,
    FILE_VARIABLE,
    KEYS_VARIABLE,
    KeyProblem,
    KeyRing,
    KeySource,
    Vault,
    is_sealed,
    new_key,
    read_keys,
)
from devtools.environment import make_secret_key

OLD, NEW = new_key(), new_key()


@pytest.fixture
def vault(tmp_path):
    vault = Vault(KeySource.of({}, str(tmp_path)))
    vault.source.add(OLD)
    return vault


def kind_of(raised):
    return raised.value.kind


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_as_it_was_and_shows_nothing(text):
    ring = KeyRing([OLD])
    sealed = ring.seal(text)
    assert ring.open(sealed) == text
    assert is_sealed(sealed) and sealed != ring.seal(text)
    assert len(text) < 4 or text not in sealed


def test_newest_key_seals_and_every_key_opens():
    before = KeyRing([OLD]).seal("token")
    both = KeyRing([NEW, OLD])
    assert both.open(before) == "token" and not both.is_newest(before)
    after = both.seal("token")
    assert both.is_newest(after) and KeyRing([NEW]).open(after) == "token"


def test_other_key_and_a_changed_letter_open_nothing():
    sealed = KeyRing([OLD]).seal("token")
    for ring, value in (
        (KeyRing([NEW]), sealed),
        (KeyRing([OLD]), sealed[:-9] + "A" + sealed[-8:]),
    ):
        with pytest.raises(KeyProblem) as raised:
            ring.open(value)
        assert kind_of(raised) == "unknown"


def test_value_of_an_earlier_version_is_read_and_is_not_newest():
    ring = KeyRing([OLD])
    assert ring.open("EAAB-token") == "EAAB-token" and not ring.is_newest("EAAB-token")


@pytest.mark.parametrize("text", ["", "\n# only a comment\n"])
def test_file_without_a_key_is_a_missing_key(tmp_path, text):
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(KeyProblem) as raised:
        KeySource.of({}, str(tmp_path)).read()
    assert kind_of(raised) == "missing"


@pytest.mark.parametrize(
    "text",
    ["too-short", f"{OLD}\nsenha123", "chave é", OLD[:-1]],
    ids=["too short", "one of two", "no ASCII", "cut"],
)
def test_what_is_no_key_is_named_and_not_quoted(tmp_path, text):
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(KeyProblem) as raised:
        KeySource.of({}, str(tmp_path)).read()
    assert kind_of(raised) == "malformed"
    assert str(raised.value) == "key of stored secrets: malformed"
    assert raised.value.__cause__ is None and raised.value.__suppress_context__ is not None


def test_without_a_file_nothing_is_sealed(tmp_path):
    with pytest.raises(KeyProblem) as raised:
        Vault(KeySource.of({}, str(tmp_path))).seal("token")
    assert kind_of(raised) == "missing"


def test_environment_comes_before_the_file(tmp_path):
    (tmp_path / "keys").write_text(OLD)
    named = {FILE_VARIABLE: str(tmp_path / "keys")}
    sealed = KeySource.of(named, "/nowhere").read().seal("token")
    assert KeyRing([OLD]).open(sealed) == "token"
    sealed = KeySource.of({**named, KEYS_VARIABLE: f"{NEW} {OLD}"}, "/nowhere").read().seal("token")
    assert KeyRing([NEW]).open(sealed) == "token"


def test_new_key_is_used_without_a_restart(vault):
    before = vault.seal("token")
    vault.source.add(NEW)
    after = vault.seal("token")
    assert KeyRing([NEW]).open(after) == "token"
    assert vault.open(before) == "token"


def test_file_of_keys_is_its_owners_only_and_stays_the_same_file(vault):
    first = vault.source.path.stat()
    assert first.st_mode & 0o777 == 0o600
    vault.source.add(NEW)
    assert vault.source.path.stat().st_ino == first.st_ino
    assert read_keys(vault.source.path.read_text()) == [NEW, OLD]


def test_forgetting_keeps_the_newest_key(vault):
    vault.source.add(NEW)
    assert vault.source.forget_old() == 1
    assert read_keys(vault.source.path.read_text()) == [NEW]
    assert vault.source.forget_old() == 0


def test_opened_before_costs_no_more_than_microseconds(vault, monkeypatch):
    sealed = vault.seal("token")
    vault.open(sealed)
    monkeypatch.setattr(KeySource, "stamp", lambda self: pytest.fail("looked at the file"))
    begun = time.perf_counter()
    for _ in range(1000):
        vault.open(sealed)
    assert (time.perf_counter() - begun) / 1000 < 50e-6


def test_memory_of_opened_values_is_bounded(vault):
    for number in range(2500):
        vault.open(f"plain {number}")
    assert len(vault._opened) <= 1000


def test_key_of_development_servers_is_made_once(tmp_path):
    path = make_secret_key(tmp_path / "data")
    text = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600 and path.name == FILE_NAME
    KeyRing(read_keys(text))
    make_secret_key(tmp_path / "data")
    assert path.read_text() == text
