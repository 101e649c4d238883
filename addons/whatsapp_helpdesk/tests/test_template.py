from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MARIA, WABA, WhatsappCase

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
        return cls.Template.create(
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

    def expire(self, conversation):
        """Let the citizen's last message be older than a day."""
        identity = conversation.whatsapp_identity_id
        identity.last_inbound_at = fields.Datetime.now() - timedelta(hours=25)
        self.assertLessEqual(conversation._window_until(), fields.Datetime.now())

    def dialog(self, user=None, **vals):
        """The dialog that sends a template, of `user`."""
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
        self.meta.script.append((200, {"data": [self.row()]}))
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
        self.meta.script.append((200, {"data": [self.row(name="retomada")]}))
        self.news("message_template_components_update", message_template_element="Oi")
        self.assertEqual(self.resume.body, "Oi, {{nome}}")
        self.meta.script.append((200, {"data": [self.row(name="outro")]}))
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
        self.assertEqual(set(texts), {"retomada", "chamado", "campanha"})
        self.assertEqual(offered[-1]["name"], "campanha")
        self.assertEqual(
            texts["retomada"],
            f"Olá, Maria! Seu atendimento de protocolo {conversation.protocol} teve novidades.",
        )
        self.assertEqual(
            texts["chamado"], "Olá, Maria! O chamado nº {{chamado}} mudou: {{situacao}}."
        )

    def test_only_the_agent_is_offered_templates(self):
        conversation = self.in_service()
        for user in (self.colleague, self.outsider, self.manager, self.employee):
            with self.assertRaises(AccessError):
                conversation.with_user(user).get_whatsapp_templates()

    def test_form_fills_in_and_previews(self):
        conversation = self.in_service()
        form = Form(
            self.env["whatsapp.template.send"]
            .with_user(self.agent)
            .with_context(default_conversation_id=conversation.id)
        )
        form.template_id = self.resume
        self.assertIn(f"protocolo {conversation.protocol} teve", form.preview)
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.value, "Maria")
            line.value = "dona Maria"
        self.assertIn("Olá, dona Maria!", form.preview)

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
        with self.assertRaisesRegex(UserError, r"\{\{chamado\}\}.*\{\{situacao\}\}"):
            dialog.action_send()
        for line in dialog.line_ids:
            line.value = line.value or "em análise"
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
        self.assertEqual(names, ["chamado"])

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
            conversation.with_user(self.agent).action_close(self.tabulation)
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


@tagged("post_install", "-at_install")
class TestWriteDirectly(TemplateCase):
    """A technician writes to a contact first."""

    def write_to(self, partner, user=None):
        with self.jobs():
            return partner.with_user(user or self.agent).action_whatsapp_write()

    def conversation_of(self, partner):
        return self.Conversation.search(
            [("partner_id", "=", partner.id), ("state", "!=", "closed")], limit=1
        )

    def test_free_text_at_once_while_the_window_is_open(self):
        first = self.in_service()
        maria = first.partner_id
        with self.jobs():
            first._close("resolved")
        self.meta.sent.clear()
        action = self.write_to(maria)
        self.assertEqual(action["tag"], "mail.action_discuss")
        conversation = self.conversation_of(maria)
        self.assertEqual((conversation.state, conversation.agent_id), ("in_service", self.agent))
        self.assertIn("accepted", self._kinds(conversation))
        self.agent_says(conversation, "Bom dia, Maria")
        self.assertIn("Bom dia, Maria", self.meta.texts())

    def test_template_to_somebody_who_never_wrote_and_the_answer_finds_the_contact(self):
        jose = self.env["res.partner"].create({"name": "José Souza", "phone": "31 97777-6666"})
        action = self.write_to(jose)
        self.assertEqual(action["res_model"], "whatsapp.template.send")
        self.assertFalse(self.conversation_of(jose))
        dialog = self.dialog(partner_id=jose.id, template_id=self.resume.id)
        self.send(dialog)
        conversation = self.conversation_of(jose)
        (sent,) = self.meta.sent
        self.assertEqual(sent["to"], "+5531977776666")
        parameters = sent["template"]["components"][0]["parameters"]
        self.assertEqual([one["text"] for one in parameters], ["José", conversation.protocol])
        # Meta knows the number without its ninth digit
        person = {"wa_id": "553177776666", "user_id": "BR.77", "name": "Zé"}
        answer = self.say("Sim, continuar", person=person)
        self.assertEqual(answer.conversation_id, conversation)
        self.assertEqual(answer.identity_id.partner_id, jose)
        self.assertEqual(answer.identity_id.bsuid, "BR.77")
        self.assertEqual(answer.identity_id.wa_id, "553177776666")
        self.agent_says(conversation, "Obrigada")
        self.assertEqual(self.meta.texts()[-1], "Obrigada")

    def test_says_who_is_serving(self):
        conversation = self.in_service()
        with self.assertRaisesRegex(UserError, "Ana Agente is serving Maria da Silva"):
            self.write_to(conversation.partner_id, self.colleague)
        self.write_to(conversation.partner_id)
        self.assertEqual(conversation.agent_id, self.agent)

    def test_takes_who_waits_and_leaves_other_queues_alone(self):
        conversation = self.say("oi").conversation_id
        self.assertEqual(conversation.state, "queued")
        with self.assertRaisesRegex(UserError, "which you do not serve"):
            self.write_to(conversation.partner_id, self.outsider)
        self.write_to(conversation.partner_id)
        self.assertEqual(conversation.agent_id, self.agent)

    def test_takes_the_citizen_out_of_the_bots_hands(self):
        with self.bot("Olá"):
            conversation = self.say("oi").conversation_id
            self.assertEqual(conversation.state, "bot")
            self.write_to(conversation.partner_id)
            self.assertEqual(conversation.agent_id, self.agent)
            self.say("e agora?")
        self.assertEqual(len(self.heard), 1)

    def test_number_is_missing_or_somebody_elses(self):
        nobody = self.env["res.partner"].create({"name": "Sem número"})
        with self.assertRaisesRegex(UserError, "has no WhatsApp number"):
            self.write_to(nobody)
        self.say("oi")
        twin = self.env["res.partner"].create({"name": "Gêmea", "phone": "31 98888-7777"})
        with self.assertRaisesRegex(UserError, "belongs to another contact: Maria da Silva"):
            self.write_to(twin)

    def test_who_may(self):
        jose = self.env["res.partner"].create({"name": "José", "phone": "31 97777-6666"})
        for user in (self.manager, self.employee):
            with self.assertRaises(AccessError):
                self.write_to(jose, user)
        stranger = self._user("cc_stranger", "Sem fila", "contact_center.group_technician")
        dialog = self.dialog(stranger, partner_id=jose.id, template_id=self.resume.id)
        with self.assertRaises(AccessError):
            dialog.action_send()

    def test_found_by_any_number_ever_known(self):
        maria = self.say("oi").conversation_id.partner_id
        maria.phone = False
        self.say("oi", person={**MARIA, "wa_id": "553199998888"})
        partners = self.env["res.partner"].with_user(self.agent)
        for number in ("88887777", "9999-8888", "3199998888"):
            self.assertIn(maria, partners.search([("contact_center_find", "ilike", number)]))

    def test_refusal_of_marketing_survives_the_contact(self):
        jose = self.env["res.partner"].create({"name": "José", "phone": "31 97777-6666"})
        identity = jose._whatsapp_identity()
        identity.marketing_opt_out = True
        with self.assertRaisesRegex(UserError, "1 refusals of marketing"):
            jose.with_user(self.administrator).unlink()
        identity.marketing_opt_out = False
        jose.with_user(self.administrator).unlink()
        self.assertFalse(identity.exists())

    def test_merge_keeps_every_identity(self):
        maria = self.say("oi").conversation_id.partner_id
        twin = self.env["res.partner"].create({"name": "Maria Silva", "phone": "31 98888-7777"})
        self.env["contact_center.contact.duplicate"]._refresh()
        pair = self.env["contact_center.contact.duplicate"].search(
            [("partner_id", "in", (maria.id, twin.id)), ("other_id", "in", (maria.id, twin.id))]
        )
        keep = "partner" if pair.partner_id == twin else "other"
        self.env["contact_center.contact.merge"].with_user(self.supervisor).create(
            {"duplicate_id": pair.id, "keep": keep}
        ).action_merge()
        again = self.say("oi de novo")
        self.assertEqual(again.identity_id.partner_id, twin)
        self.assertEqual(again.conversation_id.partner_id, twin)
