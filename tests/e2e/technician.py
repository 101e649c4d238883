"""Somebody who works in GLPI while tests play the citizen."""

import json
import time
import urllib.request

from devtools.servers import Stack
from glpi_connector.rest import webhook
from sandbox.defaults import GLPI_APP_TOKEN
from sandbox.glpi.demo_state import TECHNICIAN_TOKEN
from tests.e2e.desk import admin, row

SECRET = "secret-of-the-round-trip"


class Technician:
    """Works over GLPI's API; GLPI's webhook tells the product of every entry.

    :param hook: address of the product's webhook, see `at_work`
    """

    def __init__(self, stack: Stack, hook: str):
        self.stack, self.hook, self.session = stack, hook, ""
        self.session = self.call("GET", "initSession")["session_token"]

    def call(self, method: str, path: str, values: dict | None = None):
        """Make one request to GLPI's API."""
        request = urllib.request.Request(
            f"{self.stack.glpi_url}/apirest.php/{path}",
            json.dumps({"input": values}).encode() if values else None,
            method=method,
        )
        request.add_header("Content-Type", "application/json")
        request.add_header("App-Token", GLPI_APP_TOKEN)
        if self.session:
            request.add_header("Session-Token", self.session)
        else:
            request.add_header("Authorization", f"user_token {TECHNICIAN_TOKEN}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def write(self, ticket_id: int, itemtype: str, content: str) -> None:
        """Add a followup or a solution; the webhook tells."""
        values = {"itemtype": "Ticket", "items_id": ticket_id, "content": content}
        self.call("POST", itemtype, values)
        self.tell()

    def tell(self) -> None:
        """Let GLPI's webhook say that something changed."""
        body, stamp = b'{"event": "update"}', str(int(time.time()))
        request = urllib.request.Request(self.hook, body, method="POST")
        request.add_header("Content-Type", "application/json")
        request.add_header(webhook.TIMESTAMP, stamp)
        request.add_header(webhook.SIGNATURE, webhook.sign(SECRET, body, stamp))
        urllib.request.urlopen(request, timeout=30).close()

    def close(self, ticket_id: int) -> None:
        """Close a ticket; nobody is told."""
        self.call("PUT", f"Ticket/{ticket_id}", {"status": 6})

    def allow_posts_of(self, size: int) -> None:
        """Let GLPI's web server take requests of so many bytes."""
        request = urllib.request.Request(
            f"{self.stack.glpi_url}/control/settings",
            json.dumps({"max_post_bytes": size}).encode(),
            {"Content-Type": "application/json"},
            method="PUT",
        )
        urllib.request.urlopen(request, timeout=30).close()

    def status(self, ticket_id: int) -> int:
        """Return the ticket's status in GLPI now."""
        return self.call("GET", f"Ticket/{ticket_id}")["status"]


def at_work(stack: Stack) -> Technician:
    """Return GLPI's technician, with GLPI's webhook switched on."""
    root = admin(stack)
    server = row(root, "glpi.server", [("url", "like", stack.glpi_url)], ["id"])["id"]
    root.call("glpi.server", "write", [server], {"webhook_secret": SECRET})
    root.call("glpi.server", "action_webhook_address", [server])
    address = row(root, "glpi.server", [("id", "=", server)], ["webhook_url"])["webhook_url"]
    token = address.rpartition("/")[2]
    return Technician(stack, f"{stack.odoo_url}/glpi/webhook/{token}")
