# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import PNG
from .test_news import NewsCase

LATER = "2026-11-21 19:50:00"
GIF = b"GIF89a" + b"x" * 30


@tagged("post_install", "-at_install")
class TestNewsPictures(NewsCase):
    """Pictures that technicians paste into their texts reach the citizen."""

    def _write_with(self, words, *pictures, **options):
        """Write a followup with pasted pictures, as GLPI keeps it."""
        number = self._write("", **options)
        html = "".join(self.glpi.paste(number, data) for data in pictures)
        self.glpi.followups[-1]["content"] = f"<p>{words}</p>{html}"
        return number

    def _sent(self, outgoing):
        """Return the bytes of the files of an Outgoing."""
        ids = [media.attachment_id for media in outgoing.media]
        return [one.raw for one in self.env["ir.attachment"].browse(ids)]

    def test_pasted_picture_goes_with_its_words(self):
        self._write_with("Veja a foto:", PNG)
        ((_message, outgoing),) = self._news()
        self.assertIn("Veja a foto:", outgoing.text)
        self.assertNotIn("document.send", outgoing.text)
        self.assertEqual(self._sent(outgoing), [PNG])
        self.assertEqual([media.kind for media in outgoing.media], ["image"])
        self.assertFalse(self._news(), "told twice")

    def test_entry_of_pictures_only_is_no_empty_news(self):
        self._write_with("", PNG)
        ((_message, outgoing),) = self._news()
        self.assertIn("📷", outgoing.text.splitlines()[-1])
        self.assertEqual(self._sent(outgoing), [PNG])
        self._write_with("", PNG, GIF, at="2026-11-21 19:51:00")
        ((_message, outgoing),) = self._news()
        self.assertIn("2", outgoing.text.splitlines()[-1])
        self.assertEqual(self._sent(outgoing), [PNG, GIF])

    def test_encoded_text_and_whole_addresses(self):
        """A server that does not decode, and one that writes its own address into the text."""
        number = self._write_with("Olhe", PNG)
        row = self.glpi.followups[-1]
        row["content"] = (
            row["content"]
            .replace("&", "&amp;")
            .replace('href="/front', 'href="https://glpi.example.test/front')
        )
        for plain, stored in (("&", "&#38;"), ("<", "&#60;"), (">", "&#62;")):
            row["content"] = row["content"].replace(plain, stored)
        ((_message, outgoing),) = self._news()
        self.assertEqual(outgoing.text.splitlines()[-1], "Olhe", number)
        self.assertEqual(self._sent(outgoing), [PNG])

    def test_picture_of_a_solution(self):
        self._solve("")
        solution = self.glpi.solutions[-1]
        picture = self.glpi.paste(solution["id"], PNG, "ITILSolution")
        solution["content"] = "<p>Trocamos o cabo:</p>" + picture
        (_message, outgoing), (_second, files) = self._news()
        self.assertIn("Trocamos o cabo:", outgoing.text)
        self.assertEqual(self._sent(files), [PNG])

    def test_picture_in_the_text_as_data(self):
        self._write('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
        ((_message, outgoing),) = self._news()
        self.assertIn("📷", outgoing.text)
        self.assertEqual(len(outgoing.media), 1)

    def test_picture_of_another_ticket_is_never_fetched(self):
        """A number in a text proves nothing: only files of the entry or ticket are read."""
        self._write("<p>veja</p>")
        self.glpi.add_file(0, "segredo.png", PNG, 777_777, id=4711)
        self.glpi.followups[-1]["content"] += (
            '<img src="/front/document.send.php?docid=4711&itemtype=Ticket&items_id=99">'
        )
        ((_message, outgoing),) = self._news()
        self.assertFalse(outgoing.media)
        self.assertIn("📎", outgoing.text, "the citizen knows that there is one")
        self.assertNotIn("GET Document/4711", self.glpi.log)
        self.assertEqual(self._hidden().kept_back, "hidden")

    def _hidden(self):
        return self.ticket.followup_ids.filtered("kept_back")

    def test_file_in_an_entity_that_is_not_to_be_seen(self):
        """GLPI names it, but not its place: it may be private, so nobody sees it."""
        conversation = self._in_service()
        self.ticket.conversation_id = conversation
        number = self._write("<p>Segue o manual</p>")
        self.glpi.add_file(
            self.ticket.glpi_id, "manual.pdf", b"%PDF-1.4", number, id=40, entities_id=5
        )
        log = len(self.glpi.log)
        ((_message, outgoing),) = self._news()
        self.assertIn("Segue o manual", outgoing.text)
        self.assertIn("📎", outgoing.text)
        self.assertNotIn("manual.pdf", outgoing.text)
        self.assertNotIn("GET Document/40", self.glpi.log[log:])
        notes = " ".join(conversation.discuss_channel_id.message_ids.mapped("body"))
        self.assertEqual(notes.count("manual.pdf"), 1, "the agent is told once")
        self._write("outra coisa", at="2026-11-21 19:52:00")
        ((_message, outgoing),) = self._news()
        self.assertNotIn("📎", outgoing.text)

    def test_hidden_file_beside_a_private_note_is_not_even_mentioned(self):
        self._write("<p>Segue</p>")
        private = self._write("<p>senha em anexo</p>", private=1)
        self.glpi.add_file(
            self.ticket.glpi_id, "senha.pdf", b"%PDF-1.4", private, id=41, entities_id=5
        )
        ((_message, outgoing),) = self._news()
        self.assertNotIn("📎", outgoing.text)
        self.assertTrue(self._hidden().private)

    def test_files_of_tasks_stay(self):
        self.glpi.add_file(self.ticket.glpi_id, "interno.pdf", b"%PDF", 5, itemtype="TicketTask")
        number = self._write("oi")
        ((_message, outgoing),) = self._news()
        self.assertFalse(outgoing.media, number)
        self.assertNotIn("📎", outgoing.text)

    def test_entry_of_nothing_is_no_news(self):
        for number, nothing in enumerate(("<p>&nbsp;</p>", "<p>\u200b<br></p><hr>", "")):
            self._write(nothing, at=f"2026-11-21 19:5{number}:00")
            self.assertFalse(self._poll(), nothing)

    def test_picture_that_is_elsewhere_is_named(self):
        self._write('<p><img src="cid:image001.png@01D"></p>')
        (text,) = self._poll()
        self.assertIn("📎", text)
        self._write('<p>Obrigado</p><img src="cid:logo.png">', at="2026-11-21 20:10:00")
        (text,) = self._poll()
        self.assertNotIn("📎", text, "a signature is no news")
