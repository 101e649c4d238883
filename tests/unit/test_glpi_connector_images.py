"""Pictures in technicians' texts: which documents they are, what they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_connector.rest import images
from glpi_connector.rest.records import FollowupNews

ADDRESS = "/front/document.send.php?docid={}&itemtype=Ticket&items_id=1"


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        (ADDRESS.format(5), [5]),
        (ADDRESS.format(5).replace("&", "&amp;"), [5]),
        ("https://glpi.example.test/glpi" + ADDRESS.format(12), [12]),
        ("../front/document.send.php?itemtype=Ticket&amp;items_id=1&amp;docid=7", [7]),
        ("/front/document.send.php?file=_pictures/a.png", []),
        ("/front/ticket.form.php?docid=9", []),
        (ADDRESS.format("99999999999999"), []),
        ("data:image/png;base64,AAAA", []),
    ],
)
def test_documents_of_a_text(address, numbers):
    html = f'<p>x</p><a href="{address}"><img alt="x" src="{address}" /></a>'
    assert images.document_ids(html) == numbers


def test_pictures_of_entries_say_who_wrote_them():
    html = f'<img src="{ADDRESS.format(5)}"><img src="{ADDRESS.format(6)}">'
    found = images.pictures_in([FollowupNews(1, 8, html, False), FollowupNews(2, 9, "x", False)])
    assert [(item.id, item.user_id, item.picture) for item in found] == [(5, 8, True), (6, 8, True)]


def test_a_text_of_nothing_but_pictures_is_bounded():
    html = "".join(f'<img src="{ADDRESS.format(number)}">' for number in range(1000))
    assert len(images.pictures_in([FollowupNews(1, 8, html, False)])) == 50


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\nx", ("png", "image/png")),
        (b"\xff\xd8\xff\xe0", ("jpg", "image/jpeg")),
        (b"GIF89a", ("gif", "image/gif")),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", ("webp", "image/webp")),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"<svg>", None),
        (b"", None),
    ],
)
def test_kind_of_a_picture_by_its_bytes(data, kind):
    assert images.kind_of(data) == kind


@given(st.text(), st.binary())
def test_anything_may_stand_in_a_text(html, data):
    assert all(isinstance(number, int) for number in images.document_ids(html))
    assert isinstance(images.inline(html, 100), list)
    images.kind_of(data)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/front/document.send.php?docid=12&amp;itemtype=Ticket&amp;items_id=3", [12]),
        ("document.send.php?itemtype=Ticket&amp;items_id=3&amp;docid=12", [12]),
        ("https://glpi.a.b/x/front/document.send.php?file=y&docid=12#z", [12]),
        ("document.send.php?items_id=3&#38;docid=44", [44]),
        ("document.send.php?items_id=3&#x26;docid=44", [44]),
        ("document.send.php?docid%3D12", [12]),
        ("document.send.php?docid=0", []),
        ("document.send.php?xdocid=9", []),
        ("document.send.php?docid=12345678901", []),
    ],
)
def test_address_of_a_document_however_it_is_written(address, found):
    assert images.document_ids(f'<p><img src="{address}" alt="x"></p>') == found
    assert images.document_ids(f"<a href='{address}' target=_blank>x</a>") == found


def test_pictures_that_are_elsewhere():
    assert images.only_elsewhere('<img src="cid:image001.png@01D"><img src="https://x.y/z.png">')
    assert not images.only_elsewhere('<p>a</p><img src="/front/document.send.php?docid=3">')
    assert not images.only_elsewhere('<img src="data:image/png;base64,AAAA">')
    assert not images.only_elsewhere("<p>&nbsp;</p>")
