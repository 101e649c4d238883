# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_fields import CITY, HEALTH, FieldCase


@tagged("post_install", "-at_install")
class TestAccountNews(FieldCase):
    """Meta's news of an account, a number and its templates reaches the administrators."""

    def tell(self, field, **value):
        """Deliver news; return the notices to administrators."""
        partner = self.administrator.partner_id
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        with mute_logger(HEALTH):
            self.event = self.news(value, field)
        self.assertEqual((self.event.state, self.event.error), ("processed", False))
        told = self.env["mail.message"].search(
            [("id", ">", before), ("notified_partner_ids", "in", partner.ids)]
        )
        return " ".join(told.mapped("body"))

    def health(self):
        """Return (level, words) of this number on the health page."""
        health = self.env["contact_center.health"].with_context(lang="pt_BR")
        for line in health.with_user(self.administrator).sudo()._check_numbers():
            if self.account.name in line["title"]:
                return line["level"], line["words"]
        raise AssertionError("the number is not on the health page")

    @property
    def form(self):
        """Return the news shown on the number's form."""
        account = self.account.with_context(lang="pt_BR").with_user(self.administrator)
        account.invalidate_recordset()
        return account.news_text or ""

    def test_disabled_and_taken_back(self):
        ban = {"waba_ban_state": "DISABLE", "waba_ban_date": "2026-11-29"}
        told = self.tell("account_update", event="DISABLED_UPDATE", ban_info=ban)
        self.assertIn("desativou", told)
        self.assertEqual((self.account.state, self.account.state_code), ("paused", "disabled"))
        self.assertIn("2026-11-29", self.form)
        self.assertEqual(self.health()[0], "error")
        ban = {"waba_ban_state": "REINSTATE", "waba_ban_date": "2026-11-29"}
        self.freeze_later()
        self.assertTrue(self.tell("account_update", event="DISABLED_UPDATE", ban_info=ban))
        self.assertEqual(self.account.state, "ok")
        self.assertFalse(self.form)
        self.assertEqual(self.health()[0], "ok")

    def freeze_later(self):
        """Backdate the news told so far, so that the next is newer."""
        for topic, one in self.account.news.items():
            at = fields.Datetime.to_datetime(one["at"]) - timedelta(minutes=1)
            news = {**self.account.news, topic: {**one, "at": fields.Datetime.to_string(at)}}
            self.account.sudo().news = news

    def test_a_pause_of_another_cause_is_not_taken_back(self):
        with mute_logger(HEALTH):
            self.account._pause("190", "expired")
        ban = {"waba_ban_state": "REINSTATE"}
        self.tell("account_update", event="DISABLED_UPDATE", ban_info=ban)
        self.assertEqual((self.account.state, self.account.state_code), ("paused", "190"))

    def test_going_to_be_disabled(self):
        ban = {"waba_ban_state": "SCHEDULE_FOR_DISABLE", "waba_ban_date": "1º de dezembro"}
        for event in ("DISABLED_UPDATE", "ACCOUNT_VIOLATION"):
            self.assertIn("1º de dezembro", self.tell("account_update", event=event, ban_info=ban))
        self.assertEqual(self.account.state, "ok", "it still sends")
        self.assertEqual(self.health()[0], "error")

    def test_restricted_until(self):
        until = int((self.now() + timedelta(days=3)).timestamp())
        info = [
            {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": str(until)},
            {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "expiration": until},
        ]
        told = self.tell("account_update", event="ACCOUNT_RESTRICTION", restriction_info=info)
        self.assertIn("restringiu", told)
        self.assertEqual(self.account.state, "ok", "answers go out")
        self.assertEqual(len(self.form.splitlines()), 2)
        level, words = self.health()
        self.assertEqual(level, "warning")
        self.assertIn("restringiu", words)
        over = fields.Datetime.to_string(fields.Datetime.now() - timedelta(days=1))
        self.account.sudo().news = {
            topic: {**one, "until": over} for topic, one in self.account.news.items()
        }
        self.assertFalse(self.form, "it ended by itself")
        self.assertEqual(self.health()[0], "ok")

    def test_restriction_of_answers_stops_the_number(self):
        info = [{"restriction_type": "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"}]
        self.tell("account_update", event="ACCOUNT_RESTRICTION", restriction_info=info)
        self.assertEqual((self.account.state, self.account.state_code), ("paused", "restricted"))

    def restrict(self, days):
        """Let Meta restrict answers until so many days from now."""
        until = int((self.now() + timedelta(days=days)).timestamp())
        kind = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"
        info = [{"restriction_type": kind, "expiration": until}]
        self.tell("account_update", event="ACCOUNT_RESTRICTION", restriction_info=info)

    def test_restriction_that_is_over_when_it_is_told_stops_nothing(self):
        self.restrict(-1)
        self.assertEqual(self.account.state, "ok")

    def test_number_sends_again_when_the_restriction_is_over(self):
        self.restrict(3)
        self.Event._sweep_all()
        self.assertEqual(self.account.state, "paused")
        topic, one = next(iter(self.account.news.items()))
        over = fields.Datetime.to_string(fields.Datetime.now() - timedelta(minutes=1))
        self.account.sudo().news = {topic: {**one, "until": over}}
        self.account.state_code = "190"
        self.Event._sweep_all()
        self.assertEqual(self.account.state, "paused", "it is paused for another reason")
        self.account.state_code = "restricted"
        with self.jobs():
            self.Event._sweep_all()
        self.assertEqual(self.account.state, "ok")

    def test_flagged_number_of_several(self):
        other = self.account.copy({"phone_number_id": "4", "display_phone_number": "553138000199"})
        value = {"display_phone_number": CITY, "event": "FLAGGED", "current_limit": "TIER_50"}
        told = self.tell("phone_number_quality_update", **value)
        self.assertIn("sinalizou", told)
        self.assertEqual(
            (self.account.quality_rating, self.account.messaging_limit), ("RED", "TIER_50")
        )
        self.assertEqual(self.health()[0], "warning")
        self.assertNotIn("alta", self.health()[1])
        self.assertFalse(other.news)
        self.freeze_later()
        self.account.display_phone_number = "(31) 3800-0156"
        value = {"display_phone_number": "+55 31 3800-0156", "event": "UNFLAGGED"}
        self.tell("phone_number_quality_update", **value)
        self.assertEqual(self.health()[0], "ok")

    def test_limits_that_fall_are_told(self):
        name = "max_daily_conversations_per_business"
        self.assertFalse(self.tell("business_capability_update", **{name: "TIER_10K"}))
        self.assertEqual(self.account.messaging_limit, "TIER_10K")
        self.freeze_later()
        self.assertIn("TIER_250", self.tell("business_capability_update", **{name: 250}))
        self.assertEqual(self.account.messaging_limit, "TIER_250")
        self.assertEqual(self.health()[0], "warning")

    def test_what_else_meta_tells(self):
        alert = {
            "alert_severity": "CRITICAL",
            "alert_status": "ACTIVE",
            "alert_type": "OBA_REJECTED",
            "alert_description": "Edit the name",
        }
        for field, value, words, level in (
            ("account_review_update", {"decision": "PENDING"}, "PENDING", "warning"),
            ("account_alerts", {"entity_type": "BUSINESS", "alert_info": alert}, "Edit", "error"),
            (
                "phone_number_name_update",
                {
                    "display_phone_number": CITY,
                    "decision": "REJECTED",
                    "requested_verified_name": "Prefs",
                    "rejection_reason": "NAME_FORMAT_UNACCEPTABLE",
                },
                "NAME_FORMAT_UNACCEPTABLE",
                "warning",
            ),
            (
                "security",
                {"display_phone_number": CITY, "event": "PIN_RESET_REQUEST", "requester": "1"},
                "PIN_RESET_REQUEST",
                "warning",
            ),
            ("account_update", {"event": "PARTNER_REMOVED"}, "compartilhada", "error"),
            (
                "account_update",
                {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}},
                "SCAM",
                "warning",
            ),
        ):
            self.account.sudo().news = False
            with self.subTest(field=field):
                self.assertIn(words, self.tell(field, **value))
                self.assertIn(words, self.form)
                self.assertEqual(self.health()[0], level)

    def test_news_that_need_nobody(self):
        for event in ("MM_LITE_TERMS_SIGNED", "AD_ACCOUNT_LINKED", "INVENTED_LATER"):
            self.assertFalse(self.tell("account_update", event=event))
            self.assertIn(event, self.event.note)
        self.assertFalse(self.tell("account_review_update", decision="APPROVED"))
        self.assertEqual(self.health()[0], "ok")

    def test_news_of_a_partners_account_is_not_ours(self):
        value = {"event": "ACCOUNT_DELETED", "waba_info": {"waba_id": "5"}}
        self.tell("account_update", **value)
        self.assertEqual(self.account.state, "ok")

    def test_older_news_does_not_overturn_newer(self):
        ban = {"waba_ban_state": "REINSTATE"}
        self.tell("account_update", event="DISABLED_UPDATE", ban_info=ban)
        ban = {"waba_ban_state": "DISABLE"}
        old = {"time": int(self.now().timestamp()) - 900}
        self.news({"event": "DISABLED_UPDATE", "ban_info": ban}, "account_update", **old)
        self.assertEqual(self.account.state, "ok")

    def test_template_whose_category_changes(self):
        template = self.env["whatsapp.template"].create(
            {
                "name": "aviso",
                "language": "pt_BR",
                "waba_id": self.account.waba_id,
                "category": "UTILITY",
            }
        )
        names = {"message_template_name": "aviso", "message_template_language": "pt-BR"}
        soon = {"new_category": "UTILITY", "correct_category": "MARKETING"}
        told = self.tell("template_category_update", **names, **soon)
        self.assertIn("MARKETING", told)
        self.assertEqual(template.category, "UTILITY", "not yet")
        self.freeze_later()
        done = {"previous_category": "UTILITY", "new_category": "MARKETING"}
        told = self.tell("template_category_update", **names, **done)
        self.assertIn("MARKETING", told)
        self.assertEqual(template.category, "MARKETING")
        self.assertIn("aviso", self.form)
        self.assertEqual(self.health()[0], "warning")

    def test_template_that_is_paused_and_approved_again(self):
        self.env["whatsapp.template"].create(
            {"name": "aviso", "language": "pt_BR", "waba_id": self.account.waba_id}
        )
        names = {"message_template_name": "aviso", "message_template_language": "pt-BR"}
        told = self.tell("message_template_status_update", event="PAUSED", **names)
        self.assertIn("aviso", told)
        self.freeze_later()
        self.tell("message_template_status_update", event="APPROVED", **names)
        self.assertFalse(self.form)

    def test_somebody_dealt_with_it(self):
        self.tell("account_review_update", decision="PENDING")
        self.account.with_user(self.administrator).action_dismiss_news()
        self.assertFalse(self.form)
