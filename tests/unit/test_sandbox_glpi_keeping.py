"""A demonstration survives a restart of the simulated GLPI."""

import pytest
import requests

from sandbox import defaults
from sandbox.glpi import GlpiSandbox


def open_ticket(glpi: GlpiSandbox, name: str) -> int:
    base = f"{glpi.url}/apirest.php"
    headers = {"App-Token": defaults.GLPI_APP_TOKEN}
    login = requests.get(
        f"{base}/initSession",
        headers={**headers, "Authorization": f"user_token {defaults.GLPI_USER_TOKEN}"},
        timeout=5,
    )
    headers["Session-Token"] = login.json()["session_token"]
    made = requests.post(
        f"{base}/Ticket", json={"input": {"name": name}}, headers=headers, timeout=5
    )
    return made.json()["id"]


def test_tickets_and_their_numbers_survive(tmp_path):
    keep = tmp_path / "glpi.json"
    with GlpiSandbox(keep=keep) as glpi:
        first = open_ticket(glpi, "Impressora")
    with GlpiSandbox(keep=keep) as glpi:
        assert open_ticket(glpi, "Rede") == first + 1
        assert glpi.store.get("Ticket", first)["name"] == "Impressora"


def test_without_a_file_nothing_is_kept(tmp_path):
    with GlpiSandbox() as glpi:
        first = open_ticket(glpi, "Impressora")
    with GlpiSandbox() as glpi:
        assert open_ticket(glpi, "Rede") == first


def test_a_damaged_file_is_named(tmp_path):
    keep = tmp_path / "glpi.json"
    keep.write_text('{"tables": 3}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"glpi\.json is not a kept state"):
        GlpiSandbox(keep=keep)
