# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .. import web
from ..models.chatbot_flow_service import HOSTS_PARAMETER
from .test_kinds import KindsCase

ASK = "odoo.addons.chatbot_flow.models.chatbot_flow_service.web.ask"


@tagged("post_install", "-at_install")
class TestService(KindsCase):
    """A flow asks a web service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["chatbot.flow.service"].create(
            {
                "name": "Endereço por CEP",
                "url": "https://cep.exemplo.br/{cep}/json",
                "value_ids": [
                    (0, 0, {"name": "rua", "path": "logradouro"}),
                    (0, 0, {"name": "zona", "path": "zona", "fallback": "urbana"}),
                ],
                "header_ids": [(0, 0, {"name": "X-Key", "secret_value": "s3gredo"})],
            }
        )
        cls.classPatch(cls.registry["chatbot.flow.session"], "_commit", lambda _self: None)

    def _asking(self, **vals):
        flow = self._flow(
            ("cep", "question", {"text": "CEP?"}),
            ("busca", "lookup", {
                "text": "Um momento.", "lookup_source": "service", "service_id": self.service.id,
            }),
            ("achou", "message", {"text": "Rua {rua}, zona {zona}."}),
            ("fim", "end", {}),
            ("nada", "message", {"text": "Não achei."}),
            ("fim2", "end", {}),
            ("pessoa", "hand_over", {}),
        )  # fmt: skip
        steps = {step.key: step for step in flow.step_ids}
        steps["busca"].write({"on_empty_id": steps["nada"].id, "on_error_id": steps["pessoa"].id})
        flow.action_publish()
        return flow

    def _flow(self, *steps, **vals):
        """Return a flow; the test publishes it once all ways are there."""
        flow = self.env["chatbot.flow"].create({"name": "Consulta", **vals})
        for key, kind, step in steps:
            self._step(key, kind, flow=flow, **step)
        return flow

    def _lookup(self, answer):
        """Return the conversation after the service answered (or raised)."""
        flow = self._asking()
        with trap_jobs() as jobs:
            conversation = self._talk("oi", "35930-000", flow=flow)
            self.assertEqual(self._session(conversation).status, "action")
            self._type(conversation, "alô?")
            self.assertIn("Um momento", self._last_said(conversation))
            with patch(ASK, side_effect=[answer]) as ask:
                self._jobs(jobs)
        self.assertEqual(ask.call_args.args[1], {"cep": "35930-000"})
        self.assertEqual(ask.call_args.args[0].headers, {"X-Key": "s3gredo"})
        return conversation

    def test_the_answer_is_used(self):
        conversation = self._lookup(web.Answer(200, {"logradouro": "Rua A"}))
        self.assertIn("Rua Rua A, zona urbana.", self._last_said(conversation))
        self.assertEqual(conversation.outcome, "self_service")

    def test_nothing_found(self):
        conversation = self._lookup(web.Answer(404, None))
        self.assertIn("Não achei.", self._last_said(conversation))

    def test_no_answer_goes_the_way_of_failures(self):
        conversation = self._lookup(web.AskError("time_out"))
        self.assertEqual(conversation.state, "queued")
        session = self._session(conversation)
        self.assertIn("There was no answer in time.", session.error)
        self.assertEqual(session._values()["zona"], "urbana")

    def test_no_answer_may_go_on_with_fallbacks(self):
        self.service.use_fallback = True
        conversation = self._lookup(web.AskError("no_connection", "cep.exemplo.br"))
        self.assertIn("zona urbana", self._last_said(conversation))

    def test_people_took_over_meanwhile(self):
        flow = self._asking()
        with trap_jobs() as jobs:
            conversation = self._talk("oi", "35930-000", flow=flow)
            conversation._hand_over(queue=self.queue)
            with patch(ASK, side_effect=AssertionError):
                self._jobs(jobs)
        self.assertEqual(conversation.state, "queued")

    def test_the_button_shows_what_came(self):
        self.service.test_values = "cep: 35930-000"
        with patch(ASK, return_value=web.Answer(200, {"logradouro": "<b>A</b>"}, "{}")):
            self.service.with_user(self.administrator).action_test()
        self.assertIn("&lt;b&gt;A&lt;/b&gt;", self.service.test_result)
        self.assertIn("urbana", self.service.test_result)
        # nobody listed the host: the service is not asked
        self.service.action_test()
        self.assertIn("cep.exemplo.br", self.service.test_result)
        with self.assertRaises(AccessError):
            self.service.with_user(self.supervisor).action_test()

    def test_hosts_are_listed_by_system_administrators(self):
        settings = self.env["res.config.settings"]
        with self.assertRaises(ValidationError):
            settings.create({"chatbot_flow_service_hosts": "http://x"})
        settings.create({"chatbot_flow_service_hosts": "cep.exemplo.br, 10.0.0.0/8"}).execute()
        allowed = self.service._allowed_hosts()
        self.assertTrue(allowed.host("cep.exemplo.br") and allowed.address("10.1.1.1"))
        self.assertFalse(allowed.host("outro.br"))
        self.env["ir.config_parameter"].set_param(HOSTS_PARAMETER, False)
        self.assertFalse(self.service._allowed_hosts().host("cep.exemplo.br"))

    def test_secrets_are_for_system_administrators(self):
        header = self.service.header_ids
        with self.assertRaises(AccessError):
            header.with_user(self.administrator).read(["secret_value"])
        with self.assertRaises(AccessError):
            header.with_user(self.administrator).secret_value = "x"
        with self.assertRaises(AccessError):
            self.service.with_user(self.administrator).url = "https://outro.br/"
        self.service.with_user(self.administrator).url = "https://cep.exemplo.br/v2/{cep}"
        system = new_test_user(
            self.env, "cc_system", "base.group_system,contact_center.group_administrator"
        )
        self.service.with_user(system).url = "https://outro.br/{cep}"
        self.assertEqual(header.with_user(system).secret_value, "s3gredo")
        copy = self.service.with_user(self.administrator).copy()
        self.assertFalse(copy.sudo().header_ids)

    def test_a_secret_header_moves_to_no_other_service(self):
        header = self.service.header_ids
        other = self.service.with_user(self.administrator).create(
            {"name": "Outro", "url": "https://outro.br/"}
        )
        before = header.service_id
        for move in (
            lambda: header.with_user(self.administrator).write({"service_id": other.id}),
            lambda: other.write({"header_ids": [(4, header.id)]}),
            lambda: other.write({"header_ids": [(6, 0, header.ids)]}),
            lambda: other.write({"header_ids": [(1, header.id, {"service_id": other.id})]}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                move()
        self.assertEqual(header.service_id, before)
        plain = self.service.with_user(self.administrator)
        plain.header_ids = [(0, 0, {"name": "X-Plain", "value": "1"})]
        visible = plain.header_ids - header
        visible.service_id = other
        self.assertEqual(visible.service_id, other)

    def test_a_secret_header_never_goes_unencrypted(self):
        service = self.service.with_user(self.administrator)
        with self.assertRaises(AccessError):
            service.url = "http://cep.exemplo.br/v2/{cep}"

    def test_what_cannot_be_is_refused(self):
        for vals in (
            {"url": "ftp://x.br"},
            {"url": "https://{host}/x"},
            {"url": "https://user:pw@x.br/"},
            {"body": "sem dois pontos"},
            {"value_ids": [(0, 0, {"name": "Não", "path": "a"})]},
            {"value_ids": [(0, 0, {"name": "a", "path": "a..b"})]},
            {"header_ids": [(0, 0, {"name": "X Y", "value": "1"})]},
            {"header_ids": [(0, 0, {"name": "X", "value": "a\nb"})]},
        ):
            with self.assertRaises(ValidationError, msg=vals), self.cr.savepoint():
                self.service.write(vals)
