from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MARIA
from .test_template import TemplateCase


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

    def test_what_is_no_number_is_never_written_to(self):
        # stored before telephones were read, or by a program
        for number, reason in (
            ("5,53199E+12", "dropped its last digits"),
            ("0800 283 2289", "service number"),
            ("98888-2277", "area code is missing"),
            ("31 98888-2290 / 31 98888-2291", "more than one telephone"),
            ("não tem", "no telephone number in it"),
            (False, "has no WhatsApp number"),
        ):
            partner = self.env["res.partner"].create({"name": "José", "phone": number})
            with self.assertRaisesRegex(UserError, reason):
                self.write_to(partner)
        self.assertFalse(self.meta.sent)
        self.assertFalse(self.env["whatsapp.identity"].search([("partner_id", "=", partner.id)]))

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
