"""The contract test's comparison sees differences, and only those that matter."""

import json
from types import SimpleNamespace

import pytest

from tests.contract.glpi_compare import Comparison

RECORDED, OURS = "http://recorded:1", "http://ours:2"


def differences(recorded_body, our_body, status=200, our_status=200, headers=(), our_headers=None):
    recorded = {
        "status": status,
        "headers": list(headers),
        "body": json.dumps(recorded_body).replace(OURS, RECORDED),
    }
    answer = SimpleNamespace(
        status=our_status, headers=our_headers or {}, body=json.dumps(our_body).encode()
    )
    return Comparison(RECORDED, OURS).differences(recorded, answer)


@pytest.mark.parametrize(
    ("recorded", "ours"),
    [
        ({"id": 1}, {"id": 2}),
        ({"id": 1}, {"id": "1"}),
        ({"id": 1, "name": "x"}, {"id": 1}),
        ({"id": 1}, {"id": 1, "name": "x"}),
        ([1, 2], [2, 1]),
        ({"date": "2026-11-01 09:00:00"}, {"date": "2026-11-02 09:00:00"}),
        ({"closedate": None}, {"closedate": "2026-11-21 19:00:00"}),
        ({"waiting_duration": 1}, {"waiting_duration": 60}),
        (["ERROR_GLPI_ADD", "x"], ["ERROR_GLPI_UPDATE", "x"]),
        (["ERROR_GLPI_UPDATE", None], ["ERROR_GLPI_UPDATE", "texto"]),
        (["ERROR_GLPI_UPDATE", "x"], {"id": 1}),
        ({"message": "Item adicionado com sucesso: a (1)"}, {"message": "Item b"}),
        ({"error": False}, {"error": "texto"}),
    ],
)
def test_differences_are_seen(recorded, ours):
    assert differences(recorded, ours)


@pytest.mark.parametrize(
    ("recorded", "ours"),
    [
        ({"date": "2026-11-21 19:00:00"}, {"date": "2026-11-21 19:00:01"}),
        ({"waiting_duration": 1}, {"waiting_duration": 2}),
        (["ERROR_GLPI_ADD", "um texto"], ["ERROR_GLPI_ADD", "outro"]),
        ({"href": OURS + "/a"}, {"href": OURS + "/a"}),
        ({"message": "Um aviso"}, {"message": "Outro aviso"}),
    ],
)
def test_what_differs_each_time_is_left_out(recorded, ours):
    assert not differences(recorded, ours)


def test_status_and_headers_are_compared():
    assert differences({}, {}, status=201)
    assert differences({}, {}, headers=[["Content-Range", "0-1/2"]])
    assert not differences(
        {}, {}, headers=[["Content-Range", "0-1/2"]], our_headers={"content-range": "0-1/2"}
    )
