"""Reading news as GLPI really has them: pictures, entities, merges, much of it.

Against the sandbox over every dialect; the cases of a real GLPI are in test_glpi_reading_cases.py.
"""

from unittest.mock import patch

import pytest
import requests

from contract.test_glpi_dialects import DIALECTS, PNG, city, draft, unless
from glpi_connector import rest
from glpi_connector.rest import images, text, wire
from glpi_connector.rest.interface import STATUS_CLOSED, STATUS_SOLVED, KnownEntries
from sandbox.glpi import GlpiSandbox

from .glpi_people import Colleague

NOTHING = KnownEntries()
GIF = b"GIF89a" + b"x" * 40


@pytest.fixture(scope="module")
def glpi():
    state = city()
    state["Entity"].append(
        # not below the city: no session reaches it
        {"id": 6, "name": "Fechada", "completename": "Fechada", "entities_id": 99}
    )
    with GlpiSandbox(state=state) as server:
        yield server


@pytest.fixture(params=list(DIALECTS))
def client(glpi, request):
    dialect, credentials = DIALECTS[request.param]
    with rest.connect(dialect, glpi.url, **credentials) as connected:
        connected.alone = request.param == "hlapi-alone"
        yield connected


@pytest.fixture
def technician(glpi):
    return Colleague(glpi.url)


@pytest.fixture
def ticket_id(client):
    return client.create_ticket(draft())


def news_of(client, ticket_id, known=NOTHING):
    """Return (TicketNews, new entries, files) as the connector reads them."""
    news = client.read_ticket(ticket_id, with_documents=True)
    followups = client.recent_followups(news, known).items
    solutions = client.solutions(news) if news.status in (STATUS_SOLVED, STATUS_CLOSED) else []
    entries = tuple(item for item in (*followups, *solutions) if item.id > known.last_followup_id)
    return news, entries, client.documents(news, entries, known)


# ---------------------------------------------------------------------- pictures in texts
@pytest.mark.parametrize("itemtype", ["ITILFollowup", "ITILSolution"])
def test_a_pasted_picture_hangs_on_its_entry(client, technician, ticket_id, itemtype):
    entry = technician.paste(itemtype, ticket_id, "Veja", PNG)
    _news, entries, files = news_of(client, ticket_id)
    (shown,) = images.document_ids(entries[-1].content)
    (file,) = files
    assert (file.id, file.picture) == (shown, True)
    if client.alone:  # nothing tells where it hangs
        assert file.hidden
        return
    assert not file.hidden
    holder = file.followup_id if itemtype == "ITILFollowup" else file.solution_id
    assert holder == entry
    assert client.download(file.id, 1000) == PNG
    assert text.html_to_text(entries[-1].content) == "Veja"


def test_the_sandbox_leaves_pasted_pictures_out_of_documents(technician, client, ticket_id):
    entry = technician.paste("ITILFollowup", ticket_id, "x", PNG)
    whole = technician.ask("GET", f"Ticket/{ticket_id}?with_documents=true")
    assert whole["_documents"] == []
    (link,) = technician.ask("GET", f"ITILFollowup/{entry}/Document_Item?range=0-9")
    assert link["timeline_position"] == -1
    assert "docid=" in technician.ask("GET", f"ITILFollowup/{entry}")["content"]


def test_of_several_entries_each_has_its_own_files(client, technician, ticket_id):
    first = technician.paste("ITILFollowup", ticket_id, "um", PNG)
    second = technician.paste("ITILFollowup", ticket_id, "dois", GIF, "image_paste.gif")
    technician.attach("ITILFollowup", second, "laudo.pdf", b"%PDF-1.4")
    technician.attach("Ticket", ticket_id, "planta.pdf", b"%PDF-1.4 b")
    _news, _entries, files = news_of(client, ticket_id)
    placed = {(file.followup_id, file.filename) for file in files if not file.hidden}
    if client.alone:
        assert placed == {(0, "planta.pdf")}
        return
    assert placed == {
        (first, ""),
        (second, ""),
        (second, "laudo.pdf"),
        (0, "planta.pdf"),
    }


def test_a_picture_of_another_ticket_is_hidden(client, technician, ticket_id):
    other = client.create_ticket(draft(title="Outro"))
    secret = technician.paste("ITILFollowup", other, "segredo", PNG)
    (link,) = technician.ask("GET", f"ITILFollowup/{secret}/Document_Item?range=0-9")
    number = link["documents_id"]
    address = f"/front/document.send.php?docid={number}&itemtype=Ticket&items_id={other}"
    technician.write("ITILFollowup", ticket_id, content=f'<p>oi<img src="{address}"></p>')
    _news, _entries, files = news_of(client, ticket_id)
    assert [(file.id, file.hidden) for file in files] == [(number, True)]


def test_what_is_known_is_not_told_again(client, technician, ticket_id):
    technician.paste("ITILFollowup", ticket_id, "um", PNG)
    _news, entries, files = news_of(client, ticket_id)
    known = KnownEntries(entries[-1].id, document_ids=frozenset(file.id for file in files))
    second = technician.write("ITILFollowup", ticket_id, content="dois")
    _news, entries, files = news_of(client, ticket_id, known)
    assert [entry.id for entry in entries] == [second] and files == []


# ---------------------------------------------------------------------- entities
def test_a_file_of_an_entity_that_is_not_seen(glpi, client, technician, ticket_id):
    """GLPI names it, hides where it hangs, refuses it, and gives its bytes to anybody."""
    entry = technician.write("ITILFollowup", ticket_id, content="Segue")
    number = technician.attach("ITILFollowup", entry, "manual.pdf", b"%PDF-1.4")
    with glpi.store.lock:
        glpi.store.get("Document", number)["entities_id"] = 6
        for link in glpi.store.children("Document", number, "Document_Item"):
            link["entities_id"] = 6
    _news, _entries, files = news_of(client, ticket_id)
    if client.alone:
        assert files == []
    else:
        assert [(file.filename, file.hidden) for file in files] == [("manual.pdf", True)]
    answer = requests.get(
        f"{glpi.url}/apirest.php/Document/{number}", headers=technician._headers, timeout=10
    )
    assert (answer.status_code, answer.json()[0]) == (403, "ERROR_RIGHT_MISSING")
    media = requests.get(
        f"{glpi.url}/apirest.php/Document/{number}?alt=media",
        headers=technician._headers,
        timeout=10,
    )
    assert (media.status_code, media.content) == (200, b"%PDF-1.4")


# ---------------------------------------------------------------------- few requests
@pytest.mark.parametrize("many", [3, 300])
def test_requests_do_not_grow_with_followups(glpi, client, technician, ticket_id, many):
    with glpi.store.lock:
        for number in range(many):
            glpi.store.insert(
                "ITILFollowup",
                {"itemtype": "Ticket", "items_id": ticket_id, "content": f"n {number}"},
            )
    client.my_id()
    technician.forget()
    _news, entries, _files = news_of(client, ticket_id)
    assert len(entries) == many and len(technician.log()) <= 6
    technician.paste("ITILFollowup", ticket_id, "novo", PNG)
    technician.attach("Ticket", ticket_id, "planta.pdf", b"%PDF-1.4")
    technician.forget()
    news, new, files = news_of(client, ticket_id, KnownEntries(entries[-1].id))
    client.actors(news.id, people_only=True)
    assert len(new) == 1 and len(files) == 2
    asked = technician.log()
    assert len(asked) <= 6, asked


def test_an_old_entry_made_public_is_found_among_hundreds(glpi, client, technician, ticket_id):
    old = technician.write("ITILFollowup", ticket_id, content="resposta", is_private=1)
    with glpi.store.lock:
        for number in range(120):
            row = glpi.store.insert(
                "ITILFollowup",
                {"itemtype": "Ticket", "items_id": ticket_id, "content": f"n {number}"},
            )
            row["date_mod"] = "2020-01-01 00:00:00"
        last = row["id"]
    technician.change("ITILFollowup", old, is_private=0)
    recent = client.recent_followups(client.read_ticket(ticket_id), KnownEntries(last))
    assert (old, False) in [(item.id, item.private) for item in recent.items]
    assert recent.lowest_id <= last


def test_an_entry_that_is_too_large_hides_only_itself(client, technician, ticket_id):
    first = technician.write("ITILFollowup", ticket_id, content="antes")
    huge = technician.write("ITILFollowup", ticket_id, content="<p>" + "x" * 40_000)
    last = technician.write("ITILFollowup", ticket_id, content="depois")
    news = client.read_ticket(ticket_id)
    with patch.object(wire, "ANSWER_LIMIT", 30_000):
        if client.alone:  # its timeline has no pages: the whole ticket cannot be read
            with pytest.raises(rest.GlpiRefused, match="answer_size"):
                client.recent_followups(news, NOTHING)
            return
        recent = client.recent_followups(news, NOTHING)
        assert [(item.id, item.unreadable) for item in recent.items] == [
            (first, False),
            (huge, True),
            (last, False),
        ]
        technician.forget()
        known = KnownEntries(last, unreadable=frozenset({huge}))
        again = client.recent_followups(news, known)
        assert [item.id for item in again.items if item.unreadable] == [huge]
        assert len(technician.log()) <= 4


# ---------------------------------------------------------------------- what became of tickets
def test_open_tickets_are_counted(client, technician, ticket_id):
    closed = client.create_ticket(draft())
    client.set_status(closed, STATUS_CLOSED)
    trashed, purged = client.create_ticket(draft()), client.create_ticket(draft())
    technician.happens("trash", ticket=trashed)
    technician.happens("purge", ticket=purged)
    wanted = (ticket_id, trashed, purged)
    found, last = client.open_tickets(ticket_id - 1, wanted)
    assert set(wanted) & set(found) == {ticket_id}
    assert last in (0, max(wanted))
    assert client.open_tickets(10**9, ()) == ({}, 0)
    assert found[ticket_id] == client.read_ticket(ticket_id).date_mod


def test_the_bin_is_looked_at_cheaply(client, technician, ticket_id):
    mark = client.read_ticket(ticket_id).date_mod
    technician.happens("trash", ticket=ticket_id)
    named = {**dict(client.changed_tickets(mark)), **client.trashed_tickets(mark)}
    assert named[ticket_id] == client.read_ticket(ticket_id).date_mod
    assert ticket_id not in client.trashed_tickets("2040-01-01 00:00:00")


def test_a_merged_ticket_says_where_it_went(client, technician, ticket_id):
    target = client.create_ticket(draft(title="Causa"))
    technician.happens("merge", ticket=ticket_id, into=target)
    assert client.read_ticket(ticket_id).deleted
    with unless(client, alone=True):
        assert client.merged_into(ticket_id) == target
    copies = [
        item for item in client.followups(client.read_ticket(target)) if item.source_id == ticket_id
    ]
    assert bool(copies) != (type(client).__name__ == "HighLevelClient")
    trashed = client.create_ticket(draft())
    technician.happens("trash", ticket=trashed)
    with unless(client, alone=True):
        assert client.merged_into(trashed) == 0


def test_the_bin_is_listed(technician, client, ticket_id):
    technician.happens("trash", ticket=ticket_id)
    found = technician.ask("GET", "search/Ticket?is_deleted=1&range=0-999&forcedisplay[0]=12")
    assert ticket_id in [row["2"] for row in found["data"]]


def test_a_closed_ticket_is_reopened_by_a_technician(client, technician, ticket_id):
    technician.write("ITILSolution", ticket_id, content="feito")
    client.set_status(ticket_id, STATUS_CLOSED)
    technician.write("ITILFollowup", ticket_id, content="de novo", add_reopen=1)
    news = client.read_ticket(ticket_id)
    assert news.status in (1, 2)
