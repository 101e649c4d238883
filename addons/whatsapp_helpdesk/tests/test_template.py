# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from html import unescape

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import WABA, WhatsappCase

BODY = "Olá, {{1}}! Seu atendimento de protocolo {{2}} teve novidades."
NAMED = "Olá, {{nome}}! O chamado nº {{chamado}} mudou: {{situacao}}."


class TemplateCase(WhatsappCase):
    """Templates as Meta delivers them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Template = cls.env["whatsapp.template"]
        cls.resume = cls.template("retomada", BODY)
        cls.named = cls.template("chamado", NAMED, parameter_format="NAMED")
        cls.offer = cls.template("campanha", "Vacine-se, {{1}}!", category="MARKETING")

    @classmethod
    def template(cls, name, body, **vals):
        components = [{"type": "BODY", "text": body}]
        components += vals.pop("more", [])
        made = cls.Template.create(
            {
                "name": name,
                "language": "pt_BR",
                "waba_id": WABA,
                "category": "UTILITY",
                "status": "APPROVED",
                "parameter_format": "POSITIONAL",
                "components": components,
                **vals,
            }
        )
        cls._put_at_meta()
        return made

    def setUp(self):
        super().setUp()
        self._put_at_meta()

    @classmethod
    def _put_at_meta(cls):
        if cls.meta:
            cls.meta.has_templates(cls.Template.search([("waba_id", "=", WABA)]))

    def expire(self, conversation):
        """Let the citizen's last message be older than a day."""
        identity = conversation.whatsapp_identity_id
        identity.last_inbound_at = fields.Datetime.now() - timedelta(hours=25)
        self.assertLessEqual(conversation._window_until(), fields.Datetime.now())

    def dialog(self, user=None, **vals):
        """Return `user`'s dialog that sends a template."""
        dialogs = self.env["whatsapp.template.send"].with_user(user or self.agent)
        return dialogs.create(vals)

    def send(self, dialog):
        with self.jobs():
            return dialog.action_send()


@tagged("post_install", "-at_install")
class TestTemplate(TemplateCase):
    """Fetched, offered, filled in and sent."""

    def row(self, **values):
        return {
            "id": "900",
            "name": "novo",
            "language": "pt_BR",
            "status": "APPROVED",
            "category": "UTILITY",
            "parameter_format": "NAMED",
            "components": [{"type": "BODY", "text": "Oi, {{nome}}"}],
            "quality_score": {"score": "GREEN"},
            **values,
        }

    # ------------------------------------------------------------
    # From Meta
    # ------------------------------------------------------------

    def test_fetched_completely_and_gone_ones_marked(self):
        self.meta.answer((200, {"data": [self.row()]}))
        self.account.with_user(self.administrator).action_sync_templates()
        new = self.Template.search([("name", "=", "novo")])
        self.assertEqual(new.quality, "GREEN")
        self.assertEqual(new.parameter_format, "NAMED")
        self.assertTrue(new.sendable)
        self.assertEqual(self.resume.status, "DELETED")
        self.assertFalse(self.resume.sendable)

    def test_fetched_once_a_day_by_a_job_that_comes_back(self):
        with self.jobs(run=False) as jobs:
            self.env["whatsapp.account"]._cron_fetch_templates()
        self.assertIn("_fetch_templates_job", [job.method_name for job in jobs.enqueued_jobs])
        self.meta.fail(2, 503)
        with self.retried():
            self.account._fetch_templates_job()
        self.assertEqual(self.resume.status, "APPROVED")

    def test_what_cannot_be_sent_says_why(self):
        for status, words in (("PAUSED", "low quality"), ("REJECTED", "Rejected"), ("X", "X.")):
            self.resume.status = status
            self.assertFalse(self.resume.sendable)
            self.assertIn(words, self.resume.refusal)
        odd = self.template("cartoes", "Oi", more=[{"type": "CAROUSEL", "cards": []}])
        self.assertFalse(odd.sendable)
        self.assertIn("cannot be sent from here", odd.refusal)

    def news(self, field, **value):
        value = {
            "message_template_name": "retomada",
            "message_template_language": "pt-BR",
            **value,
        }
        payload = self.call(value, field=f"{field}")
        payload["entry"][0]["changes"][0]["value"] = value
        return self.deliver(payload)

    def test_news_of_status_quality_and_category(self):
        self.news("message_template_status_update", event="PAUSED", reason="NONE")
        self.assertEqual(self.resume.status, "PAUSED")
        self.news("message_template_quality_update", new_quality_score="RED")
        self.assertEqual(self.resume.quality, "RED")
        self.news("template_category_update", new_category="MARKETING")
        self.assertEqual(self.resume.category, "MARKETING")
        self.news("message_template_status_update", event="REINSTATED")
        self.assertTrue(self.resume.sendable)

    def test_changed_parts_and_unknown_templates_are_fetched(self):
        self.meta.answer((200, {"data": [self.row(name="retomada")]}))
        self.news("message_template_components_update", message_template_element="Oi")
        self.assertEqual(self.resume.body, "Oi, {{nome}}")
        self.meta.answer((200, {"data": [self.row(name="outro")]}))
        self.news("message_template_status_update", event="APPROVED", message_template_name="outro")
        self.assertTrue(self.Template.search([("name", "=", "outro")]).sendable)

    def test_shown_as_on_the_telephone_without_running_anything(self):
        evil = self.template(
            "mau",
            "*Oi* <script>{{1}}</script>",
            more=[{"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "<b>Sim</b>"}]}],
        )
        preview = str(evil._bubble({"body.1": "<img src=x onerror=alert(1)>"}))
        self.assertIn("<b>Oi</b>", preview.replace("<strong>", "<b>").replace("</strong>", "</b>"))
        self.assertNotIn("<script>", preview)
        self.assertNotIn("<img", preview)
        self.assertIn("&lt;b&gt;Sim", preview)

    # ------------------------------------------------------------
    # Offered and filled in
    # ------------------------------------------------------------

    def test_offered_filled_in_with_what_is_known(self):
        conversation = self.in_service()
        self.template("pausado", "Oi", status="PAUSED")
        self.template("alheio", "Oi", waba_id="1")
        offered = conversation.with_user(self.agent).get_whatsapp_templates()
        texts = {one["name"]: one["text"] for one in offered}
        self.assertEqual(set(texts), {"Retomada", "Chamado", "Campanha"})
        self.assertEqual(offered[-1]["name"], "Campanha")
        self.assertEqual(
            texts["Retomada"],
            f"Olá, Maria! Seu atendimento de protocolo {conversation.protocol} teve novidades.",
        )
        self.assertEqual(
            texts["Chamado"], "Olá, Maria! O chamado nº [ticket number] mudou: [situacao]."
        )

    def test_only_the_agent_is_offered_templates(self):
        conversation = self.in_service()
        for user in (self.colleague, self.outsider, self.manager, self.employee):
            with self.assertRaises(AccessError):
                conversation.with_user(user).get_whatsapp_templates()

    def test_no_screen_of_an_agent_shows_how_meta_writes_variables(self):
        conversation = self.in_service()
        until = self.template("aviso_de_campanha", "Olá! A vacinação vai até {{1}}. Avise {{2}}.")
        self.template("sem_palavras", "{{1}}")
        self.assertEqual(until.display_name, "Aviso de campanha")
        self.assertEqual(
            [until._variable_label(variable) for variable in until._variables()],
            ["“A vacinação vai até …”", "“Avise …”"],
        )
        for one in self.Template.search([("waba_id", "=", WABA)]):
            dialog = self.dialog(conversation_id=conversation.id, template_id=one.id)
            for words in (dialog.preview, one.preview, one.variables, one.text, one._bubble({})):
                self.assertNotIn("{{", str(words), one.name)
            self.assertTrue(all(variable["label"] for variable in dialog.variables), one.name)
            self.assertNotIn("{{", str(dialog.variables))
        offered = conversation.with_user(self.agent).get_whatsapp_templates()
        self.assertNotIn("{{", str(offered))

    def test_templates_are_found_by_their_name_in_words(self):
        found = self.template("segunda_via_do_iptu", "Oi").with_user(self.agent)
        for words in ("segunda via", "segunda_via_do"):
            self.assertIn(found.id, [one[0] for one in found.name_search(words)])
        english = self.template("segunda_via_do_iptu", "Hi", language="en_US")
        (found | english).invalidate_recordset()
        names = (found | english.with_user(self.agent)).with_context(lang="pt_BR")
        self.assertEqual(
            names.mapped("display_name"),
            [
                "Segunda via do iptu (Português (Brasil))",
                "Segunda via do iptu (Inglês (Estados Unidos))",
            ],
        )

    def test_form_fills_in_and_previews(self):
        conversation = self.in_service()
        form = Form(
            self.env["whatsapp.template.send"]
            .with_user(self.agent)
            .with_context(default_conversation_id=conversation.id)
        )
        form.template_id = self.resume
        self.assertIn(f"protocolo {conversation.protocol} teve", form.preview)
        labels = [variable["label"] for variable in form.variables]
        self.assertEqual(labels, ["Citizen's name", "Protocol number"])
        self.assertEqual(form.texts["body.1"], "Maria")
        form.texts = {**form.texts, "body.1": "dona Maria"}
        self.assertIn("Olá, dona Maria!", form.preview)
        form.texts = {}
        self.assertIn("Olá, [citizen's name]!", unescape(form.preview))

    # ------------------------------------------------------------
    # Sent
    # ------------------------------------------------------------

    def test_sent_when_the_window_is_over(self):
        conversation = self.in_service()
        self.expire(conversation)
        self.send(self.dialog(conversation_id=conversation.id, template_id=self.resume.id))
        (sent,) = self.meta.sent
        self.assertEqual(sent["template"]["name"], "retomada")
        self.assertEqual(
            [one["text"] for one in sent["template"]["components"][0]["parameters"]],
            ["Maria", conversation.protocol],
        )
        self.assertIn("teve novidades", self._said(conversation)[-1])
        message = self.outgoing(conversation)[-1]
        self.assertEqual((message.kind, message.state), ("template", "sent"))
        self.assertEqual(message.mail_message_id.author_id, self.agent.partner_id)

    def test_free_text_is_refused_when_the_window_is_over(self):
        conversation = self.in_service()
        self.expire(conversation)
        self.agent_says(conversation, "oi")
        self.assertFalse(self.meta.sent)
        self.assertEqual(self.outgoing(conversation)[-1].error_code, "window")

    def test_window_is_over_when_meta_says_so_and_open_when_the_citizen_writes(self):
        conversation = self.in_service()
        self.assertGreater(conversation._window_until(), fields.Datetime.now())
        self.agent_says(conversation, "oi")
        message = self.outgoing(conversation)[-1]
        self.deliver(
            self.status(message, "failed", errors=[{"code": 131047, "title": "Re-engagement"}])
        )
        self.assertLessEqual(conversation._window_until(), fields.Datetime.now())
        later = self.now() + timedelta(minutes=5)
        self.deliver(self.inbound(text="oi", timestamp=str(int(later.timestamp()))))
        self.assertGreater(conversation._window_until(), fields.Datetime.now())

    def test_missing_variables_are_named(self):
        conversation = self.in_service()
        dialog = self.dialog(conversation_id=conversation.id, template_id=self.named.id)
        with self.assertRaisesRegex(UserError, "“Chamado”: Ticket number, Situacao."):
            dialog.action_send()
        dialog.texts = {**dialog.texts, "body.chamado": "12", "body.situacao": "em análise"}
        self.send(dialog)
        parameters = self.meta.sent[0]["template"]["components"][0]["parameters"]
        self.assertEqual(parameters[2]["parameter_name"], "situacao")

    def test_refused_in_words_what_may_not_be_sent(self):
        conversation = self.in_service()
        conversation.whatsapp_identity_id.marketing_opt_out = True
        self.resume.status = "PAUSED"
        foreign = self.template("alheio", "Oi", waba_id="1")
        for template, words in (
            (self.offer, "no more marketing"),
            (self.resume, "Paused by Meta"),
            (foreign, "another WhatsApp account"),
        ):
            dialog = self.dialog(conversation_id=conversation.id, template_id=template.id)
            with self.assertRaisesRegex(UserError, words):
                dialog.action_send()
        names = [one["name"] for one in conversation.with_user(self.agent).get_whatsapp_templates()]
        self.assertEqual(names, ["Chamado"])

    def test_header_with_a_file(self):
        conversation = self.in_service()
        guide = self.template(
            "guia", "Veja o guia", more=[{"type": "HEADER", "format": "DOCUMENT"}]
        )
        dialog = self.dialog(conversation_id=conversation.id, template_id=guide.id)
        with self.assertRaisesRegex(UserError, "file for the header"):
            dialog.action_send()
        dialog.write({"header_file": "JVBERi0xLjQ=", "header_filename": "guia.pdf"})
        self.send(dialog)
        self.assertEqual(len(self.meta.uploads), 1)
        (header,) = self.meta.sent[0]["template"]["components"]
        document = header["parameters"][0]["document"]
        self.assertTrue(document["id"])
        self.assertEqual(document["filename"], "guia.pdf")

    def test_nothing_is_said_by_itself_when_the_window_is_over(self):
        conversation = self.in_service()
        self.expire(conversation)
        with self.jobs():
            conversation.with_user(self.agent).action_close(self.disposition)
        self.assertFalse(self.meta.sent)
        self.assertEqual(conversation.state, "closed")
        self.assertFalse(self.outgoing(conversation).filtered(lambda one: one.state == "failed"))

    def test_nobody_else_sends_in_a_conversation(self):
        conversation = self.in_service()
        for user in (self.colleague, self.outsider):
            with self.assertRaises(AccessError):
                self.dialog(user, conversation_id=conversation.id, template_id=self.resume.id)
        watching = self.dialog(
            self.supervisor, conversation_id=conversation.id, template_id=self.resume.id
        )
        with self.assertRaisesRegex(UserError, "only they can answer"):
            watching.action_send()
        for user in (self.manager, self.employee):
            with self.assertRaises(AccessError):
                self.dialog(user, conversation_id=conversation.id, template_id=self.resume.id)
        self.assertFalse(self.meta.sent)
