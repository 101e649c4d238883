"""Files in an S3-compatible store pass between servers without a common disk.

What one takes in, another one shows, hands over and sends.
"""

import hashlib
import io
import os
import urllib.request
import zipfile
from collections.abc import Iterator

import pytest
from PIL import Image

from devtools.databases import of_this_process
from devtools.nodes import Nodes
from devtools.settings import ROOT
from devtools.story import wait_until
from tests.e2e.desk import ACCOUNT, admin, person, row
from tests.e2e.store import KEYS, REGION, Bucket, store
from tests.e2e.test_kill import query
from tests.e2e.test_two_nodes import Served


def noise(side: int) -> bytes:
    """Return a picture like no file of the product, too large for the database."""
    target = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(3 * side * side)).save(target, "PNG")
    return target.getvalue()


PHOTO = noise(300)
DOCUMENT = b"%PDF-1.4\n" + os.urandom(60_000)
EXPORT = "contact_center.data.export"


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """Return the store's bucket; servers find its keys in their environment."""
    with store() as made, pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        yield made


class NodesWithStore(Nodes):
    """Nodes that share no folder of files: the store has them, as in production."""

    def __init__(self, bucket: Bucket, **options: object):
        super().__init__(own_files=True, **options)
        self.bucket = bucket

    def _make_database(self) -> None:
        super()._make_database()
        self.databases.install(self.db_name, ["fs_attachment_s3"])
        # That part alone: the demo's passwords do not suit the rules of production
        code = (ROOT / "deploy/setup_database.py").read_text(encoding="utf-8")
        whole, part = "\nfinish(env)", "\nuse_store(env)\nenv.cr.commit()\n#"
        assert whole in code
        variables = {
            "S3_ENDPOINT": self.bucket.endpoint,
            "S3_BUCKET": self.bucket.name,
            "S3_REGION": REGION,
        }
        self.databases.shell(self.db_name, code.replace(whole, part), {}, variables)


@pytest.fixture(scope="module")
def nodes(bucket: Bucket) -> Iterator[Nodes]:
    """Two servers with a store; the number has no bot."""
    with NodesWithStore(bucket, db_name=of_this_process("store"), quiet=0) as running:
        account = row(admin(running), ACCOUNT, [], ["flow_id"])
        admin(running).call(ACCOUNT, "write", [account["id"]], {"flow_id": False})
        yield running


def fetch(nodes: Nodes, name: str, login: str, path: str) -> bytes:
    """Return what one node answers a user whose session may be the other one's."""
    request = urllib.request.Request(f"http://127.0.0.1:{nodes.node(name).port}{path}")
    request.add_header("Cookie", f"session_id={person(nodes, login).session_id}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def from_each(nodes: Nodes, login: str, path: str) -> list[bytes]:
    """Return what every node answers."""
    return [fetch(nodes, node.name, login, path) for node in nodes.nodes]


def stored(nodes: Nodes, content: bytes) -> int:
    """Id of the file with that content, once it is in a conversation."""
    checksum = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    domain = [("checksum", "=", checksum), ("res_model", "=", "discuss.channel")]
    found = wait_until(
        lambda: admin(nodes).call("ir.attachment", "search", domain), "the file did not come"
    )
    return found[0]


@pytest.fixture(scope="module")
def citizen(nodes: Nodes) -> Served:
    """Return a citizen who has sent a picture and a document; joana serves them."""
    found = Served(nodes, "Rosa Tavares", "5531976200001", "joana")
    found.phone.send_image(PHOTO)
    found.phone.send_document(DOCUMENT)
    return found


def test_what_was_on_the_disk_was_moved(nodes: Nodes, bucket: Bucket) -> None:
    """The set-up script leaves no file behind, and each node reads what was moved."""
    local = query(
        nodes, "SELECT count(*) FROM ir_attachment WHERE store_fname NOT LIKE 'files://%%'"
    )
    assert local == [(0,)]
    assert bucket.names()


def test_what_a_citizen_sends_is_shown_by_every_node(
    nodes: Nodes, bucket: Bucket, citizen: Served
) -> None:
    picture, document = stored(nodes, PHOTO), stored(nodes, DOCUMENT)
    assert from_each(nodes, "joana", f"/web/content/{picture}") == [PHOTO, PHOTO]
    assert from_each(nodes, "joana", f"/web/content/{document}") == [DOCUMENT, DOCUMENT]
    small, again = from_each(nodes, "joana", f"/web/image/{picture}/128x128")
    assert Image.open(io.BytesIO(small)).width <= 128
    assert small == again
    assert DOCUMENT in bucket.contents()
    # The store's keepers learn no name of a citizen's file
    assert not [name for name in bucket.names() if "pdf" in name]


def test_what_an_agent_sends_reaches_the_citizen(nodes: Nodes, citizen: Served) -> None:
    answer = b"%PDF-1.4\n" + os.urandom(60_000)
    file = citizen.agent.upload(citizen.channel_id, "resposta.pdf", answer)
    citizen.agent.post(citizen.channel_id, "Segue a resposta", [file])
    message = citizen.phone.wait_for(lambda one: one["type"] == "document")
    assert citizen.phone.media(message) == answer


def test_the_export_of_all_data_has_the_files(nodes: Nodes, citizen: Served) -> None:
    """Packed by whichever node's turn it was, fetched from each."""
    stored(nodes, PHOTO), stored(nodes, DOCUMENT)
    adriana = person(nodes, "adriana")
    (export,) = adriana.call(EXPORT, "create", [{"purpose": "Entrega de teste"}])
    adriana.call(EXPORT, "action_start", [export])
    done = [("id", "=", export), ("state", "=", "done")]
    wait_until(lambda: adriana.search_read(EXPORT, done, ["state"]), "the export does not end", 90)
    domain = [("export_id", "=", export), ("is_volume", "=", True)]
    (volume,) = adriana.call(f"{EXPORT}.file", "search", domain)
    for content in from_each(nodes, "adriana", f"/contact_center/data_export/{volume}"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            media = {archive.read(name) for name in archive.namelist() if name.startswith("media/")}
        assert {PHOTO, DOCUMENT} <= media
