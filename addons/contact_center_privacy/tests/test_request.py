# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
import json
import zipfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.models.background_work import BackgroundWork
from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import sweep
from .common import PrivacyMixin

SAID = "O muro da minha casa na rua das Jabuticabeiras caiu"
NOTE = "Cidadã nervosa, tratar com cuidado especial"
EMAIL = "helena.vasconcelos@exemplo.org"
NAME = "Helena Vasconcelos Prado"


class PrivacyCase(PrivacyMixin, ContactCenterCase):
    """A citizen with two conversations, messages, a file, a note and collected data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen = cls.env["res.partner"].create(
            {
                "name": NAME,
                "phone": "(31) 97654-3210",
                "email": EMAIL,
                "street": "Rua das Jabuticabeiras, 45",
                "comment": "<p>Cliente antiga</p>",
            }
        )
        cls.startClassPatcher(patch.object(BackgroundWork, "_commit"))

    def _story(self):
        """Return a closed conversation in which the citizen told something."""
        conversation = self._in_service()
        file = self.env["ir.attachment"].create({"name": "muro.jpg", "raw": b"muro caido"})
        conversation._receive(self._text(SAID), attachments=file)
        conversation._collect("email", "E-mail", EMAIL)
        self._answer(conversation, "Vamos ver isso hoje mesmo")
        conversation.discuss_channel_id.sudo().message_post(
            body=NOTE, message_type="notification", subtype_xmlid="mail.mt_note"
        )
        conversation._log("note", note="flow_error", error=SAID)
        conversation.with_user(self.agent).action_close(self.disposition.id)
        conversation._close("resolved")
        return conversation


@tagged("post_install", "-at_install")
class TestPrivacyErase(PrivacyCase):
    def test_after_erasing_the_whole_database_knows_nothing(self):
        conversation = self._story()
        other = self._in_service()
        other._receive(self._text("oi"))
        other.with_user(self.agent).action_close()
        other._close("resolved")
        # A colleague's words about her in somebody else's conversation
        stranger = self.env["res.partner"].create({"name": "Outro Cidadão"})
        third = self.Conversation._open(stranger, "internal", queue=self.queue)
        third._receive(self._text(f"Sou vizinho da {NAME}"))
        self.env["contact_center.access.log"].with_user(self.agent)._record(
            "searched", self.citizen, term=EMAIL
        )
        strings = (SAID, NOTE, EMAIL, NAME, "976543210", "97654-3210", "Jabuticabeiras", "muro.jpg")
        self.assertIn("mail_message.body", self._everywhere(*strings))
        kinds = self._kinds(conversation)
        self._erase(self._request())
        self.assertEqual(self._everywhere(*strings), [])
        self.assertEqual(conversation.state, "closed")
        self.assertEqual(conversation.disposition_id, self.disposition)
        self.assertTrue(conversation.protocol and conversation.closed_at)
        self.assertEqual(self._kinds(conversation), kinds)
        self.assertFalse(conversation._privacy_media())
        self.assertFalse(self.citizen.active)

    def test_record_of_what_was_done(self):
        self._story()
        request = self._request()
        self.assertIn("Kept", request.preview)
        self._erase(request)
        self.assertEqual(request.state, "done")
        self.assertTrue(request.erased_at and request.report)
        self.assertFalse(request.remains)
        self.assertEqual(request.requester, "[apagado]")
        log = self.env["contact_center.access.log"].search([("kind", "=", "erased")])
        self.assertEqual((log.user_id, log.partner_id), (self.officer, self.citizen))

    def test_what_other_applications_keep_is_named(self):
        self._story()
        self.env["ir.config_parameter"].set_param("x.contact", EMAIL)
        request = self._request()
        self._erase(request)
        self.assertEqual(json.loads(request.remains), {"ir_config_parameter.value": 1})

    def test_namesakes_keep_their_data(self):
        self._story()
        namesake = self.env["res.partner"].create({"name": NAME, "phone": "(31) 98888-0001"})
        other = self.Conversation._open(namesake, "internal", queue=self.queue)
        other._receive(self._text(f"Meu nome é {NAME}"))
        self._erase(self._request())
        self.assertEqual(namesake.name, NAME)
        self.assertIn(f"Meu nome é {NAME}", self._said(other))
        self.assertEqual(self._everywhere(SAID), [])
        self.assertEqual(self._everywhere("976543210", EMAIL), [])

    def test_open_conversations_and_holds_stand_against_it(self):
        conversation = self._in_service()
        request = self._request()
        with self.assertRaisesRegex(UserError, conversation.protocol):
            request.action_erase()
        conversation._close("resolved")
        held = self._request("information", legal_hold=True, hold_reason="Processo 123")
        with self.assertRaisesRegex(UserError, "Processo 123"):
            request.action_erase()
        held.legal_hold = False
        self.assertEqual(request.action_erase()["res_model"], "contact_center.privacy.erase")

    def test_users_of_the_platform_are_not_erased(self):
        request = self._request(partner_ids=[(6, 0, self.agent.partner_id.ids)])
        with self.assertRaisesRegex(UserError, "user of this platform"):
            request.action_erase()

    def test_confirmation_wants_the_number(self):
        request = self._request()
        wizard = self.env["contact_center.privacy.erase"].with_user(self.officer)
        with self.assertRaisesRegex(UserError, request.name):
            wizard.create({"request_id": request.id, "typed": "sim"}).action_confirm()

    def test_only_decided_requests(self):
        request = self._request("access")
        with self.assertRaises(UserError):
            request.action_erase()
        fresh = request.copy({"kind": "erase", "proof": False})
        self.assertEqual(fresh.state, "new")
        for call in (fresh.action_erase, fresh.action_approve, fresh.action_export):
            with self.assertRaises(UserError):
                call()
        with self.assertRaises(UserError):
            fresh.state = "approved"
        with self.assertRaises(UserError):
            fresh.sudo().unlink()

    def test_nobody_erases_past_the_request(self):
        conversation = self._story()
        undecided = self._request()
        for records, method in (
            (conversation, "_privacy_erase_texts"),
            (conversation, "_privacy_erase_media"),
            (self.citizen, "_privacy_erase"),
        ):
            for basis in (undecided, undecided.browse(), self.citizen):
                with self.assertRaises(AccessError):
                    getattr(records, method)(basis)
        with self.assertRaises(AccessError):
            self._request().with_user(self.supervisor).action_erase()

    def test_sweep_means_what_it_is_given(self):
        self.citizen.comment = "<p>100% a_b (x) \\ certo</p>"
        self.env.flush_all()
        cr = self.env.cr
        self.assertTrue(sweep.find(cr, ["100% a_b (x)"]))
        self.assertFalse(sweep.find(cr, ["100% aXb (x)"]))
        self.assertEqual(sweep.find(cr, []), {})
        sweep.replace(cr, [("res_partner", "comment")], ["a_b (x)"], "[apagado]")
        self.env.invalidate_all()
        self.assertIn("100% [apagado]", self.citizen.comment)


@tagged("post_install", "-at_install")
class TestPrivacyExport(PrivacyCase, HttpCase):
    def _export(self):
        request = self._request("access")
        with trap_jobs() as jobs:
            action = request.action_export()
            jobs.perform_enqueued_jobs()
        return self.env["contact_center.privacy.export"].browse(action["res_id"])

    def test_zip_has_everything_but_internal_notes(self):
        conversation = self._story()
        export = self._export()
        export.invalidate_recordset()
        self.assertEqual((export.state, export.progress), ("done", 100))
        archive = zipfile.ZipFile(io.BytesIO(export.sudo().attachment_id.raw))
        data = json.loads(archive.read("dados.json"))
        self.assertEqual(data["contato"][0]["nome"], NAME)
        self.assertEqual(data["atendimentos"][0]["protocolo"], conversation.protocol)
        self.assertIn(SAID, [row["texto"] for row in data["mensagens"]])
        (file,) = [name for name in archive.namelist() if name.startswith("arquivos/")]
        self.assertEqual(archive.read(file), b"muro caido")
        self.assertIn(file, json.dumps(data["mensagens"]))
        self.assertIn(SAID, archive.read("resumo.html").decode())
        self.assertIn(SAID, archive.read("csv/mensagens.csv").decode("utf-8-sig"))
        for name in archive.namelist():
            self.assertNotIn(NOTE, archive.read(name).decode(errors="replace"), name)

    def test_a_copy_kept_in_a_store_is_made_too(self):
        self._story()
        # Its path leads nowhere on this server's disk
        elsewhere = patch.object(
            self.registry["ir.attachment"], "_full_path", lambda _self, name: f"/nowhere/{name}"
        )
        written = patch.object(self.registry["ir.attachment"], "_file_write", lambda *_: None)
        with elsewhere, written:
            export = self._export()
        export.invalidate_recordset()
        self.assertEqual(export.state, "done")

    def test_what_is_handed_over_holds_no_codes(self):
        """Channel, state, rating and what was done with a notice, as people say them."""
        conversation = self._story()
        conversation.sudo().satisfaction = "very_good"
        notice = self.env["contact_center.privacy.notice"].search([], limit=1)
        self.env["contact_center.privacy.consent"].sudo()._note("shown", notice, conversation)
        data = self.citizen.with_context(lang="pt_BR")._privacy_data()
        row = data["atendimentos"]["rows"][0]
        self.assertIn(row["avaliacao"], ("Muito bom", "Ótimo"))
        self.assertNotIn(row["canal"], ("", "internal"))
        self.assertEqual(data["avisos"]["rows"][0]["registro"], "Aviso mostrado")

    def test_download_is_for_officers_and_noted(self):
        self._story()
        export = self._export()
        for user in (self.officer, self.supervisor):
            user.password = user.login
        self.authenticate("cc_supervisor", "cc_supervisor")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(export.url).status_code, 403)
            file = self.url_open(f"/web/content/{export.sudo().attachment_id.id}")
        self.assertEqual(file.status_code, 404)
        self.authenticate("cc_officer", "cc_officer")
        answer = self.url_open(export.url)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(zipfile.is_zipfile(io.BytesIO(answer.content)))
        log = self.env["contact_center.access.log"].search([("kind", "=", "downloaded")])
        self.assertEqual((log.user_id, log.partner_id), (self.officer, self.citizen))

    def test_copies_go_after_their_time(self):
        self._story()
        export = self._export()
        attachment = export.sudo().attachment_id
        export.sudo().expires_at = "2026-01-01 00:00:00"
        export.sudo()._gc_expired()
        self.assertEqual((export.state, export.url), ("gone", False))
        self.assertFalse(attachment.exists())
        with self.assertRaises(UserError):
            export.with_user(self.officer)._content()

    def test_spreadsheets_take_nothing_for_a_formula(self):
        Export = self.env["contact_center.privacy.export"]
        text = Export._csv([{"a": "=1+1", "b": None}]).decode("utf-8-sig")
        self.assertEqual(text.splitlines(), ["a;b", "'=1+1;"])
