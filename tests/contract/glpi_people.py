"""A technician with a session, who works in GLPI while the connector reads."""

import json

import requests

from sandbox.defaults import GLPI_APP_TOKEN
from sandbox.glpi.demo_state import TECHNICIAN_TOKEN


class Colleague:
    """A technician of the sandbox's GLPI; the sandbox's control does the rest."""

    def __init__(self, url, token=TECHNICIAN_TOKEN):
        self.url = url
        self._headers = {"App-Token": GLPI_APP_TOKEN}
        login = {"Authorization": f"user_token {token}"}
        self._headers["Session-Token"] = self.ask("GET", "initSession", headers=login)[
            "session_token"
        ]

    def ask(self, method, path, headers=None, **options):
        """Return the JSON answer of one call."""
        answer = requests.request(
            method,
            f"{self.url}/apirest.php/{path}",
            headers={**self._headers, **(headers or {})},
            timeout=10,
            **options,
        )
        assert answer.ok, answer.text
        return answer.json()

    def write(self, itemtype, ticket_id, **values):
        """Write a followup or solution; return its id."""
        place = {"itemtype": "Ticket", "items_id": ticket_id}
        return self.ask("POST", itemtype, json={"input": {**place, **values}})["id"]

    def change(self, itemtype, item_id, **values):
        """Edit an item."""
        self.ask("PUT", f"{itemtype}/{item_id}", json={"input": values})

    def paste(self, itemtype, ticket_id, words, content, filename="image_paste.png", **values):
        """Write an entry with a picture in its text, as GLPI's editor does; return its id."""
        given = {
            "itemtype": "Ticket",
            "items_id": ticket_id,
            "content": f'<p>{words}</p><img id="tag-1" alt="x">',
            "_filename": [filename],
            "_tag_filename": ["tag-1"],
            **values,
        }
        parts = {
            "uploadManifest": (None, json.dumps({"input": given}), "application/json"),
            "filename[0]": (filename, content),
        }
        return self.ask("POST", itemtype, files=parts)["id"]

    def attach(self, itemtype, item_id, filename, content, **values):
        """Attach a file to an item; return the document's id."""
        given = {"name": filename, "_filename": [filename], **values}
        given |= {"itemtype": itemtype, "items_id": item_id}
        parts = {
            "uploadManifest": (None, json.dumps({"input": given}), "application/json"),
            "filename[0]": (filename, content),
        }
        return self.ask("POST", "Document", files=parts)["id"]

    def happens(self, what, **values):
        """Have the sandbox's control merge, trash, purge or move a ticket."""
        path = f"{self.url}/control/tickets/{what}"
        assert requests.post(path, json=values, timeout=10).ok

    def log(self):
        """Return (method, path) of requests since `forget`, no downloads or sessions."""
        rows = requests.get(f"{self.url}/control/log", timeout=10).json()
        found = [(row["method"], row["path"].partition(".php/")[2], row["query"]) for row in rows]
        apart = ("initSession", "killSession", "changeActive", "token")
        return [
            (method, path)
            for method, path, query in found
            if not path.startswith(apart) and "alt=media" not in query
        ]

    def forget(self):
        """Begin the log anew."""
        requests.delete(f"{self.url}/control/log", timeout=10)
