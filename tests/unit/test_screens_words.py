"""The complaints of the walk through the screens, and its exceptions."""

import pytest

from tests.e2e.screens_words import code_faults, is_allowed, language_faults


@pytest.mark.parametrize(
    "label",
    ["Start over", "Last Updated on", "draft", "Your logo", "Search messages", "In service"],
)
def test_english_is_found(label: str) -> None:
    assert language_faults(label)


@pytest.mark.parametrize(
    "label",
    [
        "Motivo: out_of_hours",
        "contact_center.queue",
        "Ativo: True",
        "Tarefas: root.glpi",
        "Olá, {{1}}",
        '{"nome": "Maria"}',
        "res.partner(12,)",
        "NONE",
    ],
)
def test_notation_is_found(label: str) -> None:
    assert code_faults(label)


@pytest.mark.parametrize(
    "label",
    [
        "Abrir",
        "Todos os atendimentos",
        "Fora do sistema",
        "Token de acesso",
        "Status",
        "Não há status",
        "Português (Brasil)",
        "maria_silva@exemplo.com.br",
        "https://exemplo.gov.br/a_b?c=True",
        "ex.: [A-Z]{3}-?[0-9]{4}",
        "{saudacao}! O seu protocolo é {protocolo}.",
        "Do Carmo, no centro, a 2 km",
        "OdooBot",
        "Role / User",
        "{nome}, {protocolo}, {ticket}, {proxima_abertura}",
    ],
)
def test_portuguese_is_let_through(label: str) -> None:
    assert is_allowed(label) or not language_faults(label) + code_faults(label)
