# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.contact_center.models.health import LEVELS

from ..cloud_api.errors import TOO_LARGE

SILENT = timedelta(hours=24)
TOKEN_WARNING = timedelta(days=14)
# Older failures are history: Meta takes no answer to them any more.
RECENT = timedelta(days=7)
INBOX_WAITS = timedelta(minutes=5)


class Health(models.AbstractModel):
    """Health of the numbers, their tokens and webhooks, and of receiving and sending."""

    _inherit = "contact_center.health"

    @api.model
    def _checks(self):
        return {
            **super()._checks(),
            "whatsapp_number": ("channel", self._check_numbers),
            "whatsapp_flow": ("channel", self._check_number_flows),
            "whatsapp_token": ("channel", self._check_tokens),
            "whatsapp_webhook": ("channel", self._check_webhooks),
            "whatsapp_inbox": ("channel", self._check_inbox),
            "whatsapp_outbox": ("channel", self._check_outbox),
            "whatsapp_media": ("channel", self._check_whatsapp_media),
            "whatsapp_caps": ("channel", self._check_whatsapp_caps),
        }

    @api.model
    def _failed_kinds(self):
        since = fields.Datetime.now() - RECENT
        failed_out = [("direction", "=", "out"), ("state", "=", "failed")]
        return {
            **super()._failed_kinds(),
            "whatsapp_inbox": (
                "whatsapp.event",
                [("state", "=", "failed")],
                "action_process_again",
                "error",
            ),
            "whatsapp_outbox": (
                "whatsapp.message",
                [*failed_out, ("create_date", ">", since)],
                "action_send_again",
                "error_reason",
            ),
            "whatsapp_media": (
                "whatsapp.message",
                [
                    ("media_state", "=", "failed"),
                    # Meta never passed it on: nobody can fetch it
                    ("error_code", "!=", TOO_LARGE),
                    ("create_date", ">", since),
                ],
                "action_fetch_media",
                "error_reason",
            ),
        }

    @api.model
    def _job_titles(self):
        _ = self.env._
        return {
            **super()._job_titles(),
            "root.whatsapp": _("Jobs of WhatsApp"),
            "root.whatsapp.in": _("Jobs of WhatsApp: messages received"),
            "root.whatsapp.status": _("Jobs of WhatsApp: delivered and read"),
            "root.whatsapp.out": _("Jobs of WhatsApp: messages to send"),
            "root.whatsapp.media": _("Jobs of WhatsApp: photos and files"),
        }

    @api.model
    def _check_numbers(self):
        """Return the state and quality of each number."""
        _ = self.env._
        results = []
        for account in self.env["whatsapp.account"].search([]):
            title = _("Number %s", account.name)
            news = account._news_lines()
            if account.state == "paused":
                advice = _("Mend the cause, then “Resume sending” on the number's form.")
                words = " ".join([account.state_reason or _("Sending is paused."), *news])
                results.append(self._result("error", title, words, advice))
                continue
            problems = account._configuration_problems()
            quality = account._quality_words()
            level = "warning" if problems or account.quality_rating in ("YELLOW", "RED") else "ok"
            level = max(level, account._news_level(), key=LEVELS.index)
            works = [] if level == "error" else [_("It sends and receives.")]
            words = " ".join([*works, quality, *news, *problems])
            advice = _("Open the number under Settings, Numbers, and test the connection.")
            results.append(self._result(level, title, words, advice))
        if not results:
            advice = _("Register the city's number under Settings, Numbers.")
            words = _("There is no number yet.")
            results.append(self._result("error", _("Numbers"), words, advice, step="whatsapp"))
        return results

    @api.model
    def _check_number_flows(self):
        """Return numbers on which no published flow answers."""
        _ = self.env._
        accounts = self.env["whatsapp.account"].search([])
        silent = accounts.filtered(lambda account: not account.flow_id.published_version_id)
        if not silent:
            return (
                self._result("ok", _("The bot"), _("It answers on every number."))
                if accounts
                else []
            )
        words = _("No published flow answers on: %s.", ", ".join(silent.mapped("name")))
        advice = _("Citizens go straight to the queue: choose a flow on the number's form.")
        return self._result("warning", _("The bot"), words, advice, step="flow")

    @api.model
    def _check_tokens(self):
        """Check how long each access token is valid, as far as the administrator noted it."""
        _ = self.env._
        results = []
        today = self.env["contact_center.queue"]._city_today()
        advice = _("Make a new token at Meta in time and write it into the number's form.")
        for account in self.env["whatsapp.account"].search([]):
            title = _("Access token of %s", account.name)
            until = account.token_valid_until
            if not account.access_token:
                words = _("There is no access token: nothing can be sent.")
                results.append(self._result("error", title, words, advice, step="whatsapp"))
            elif not until:
                words = _("No end is known (a system user's token has none).")
                results.append(self._result("ok", title, words))
            else:
                left = until - today
                level = "ok" if left > TOKEN_WARNING else "warning"
                level = "error" if left < timedelta(days=1) else level
                words = _("Valid until %s.", fields.Date.to_string(until))
                results.append(self._result(level, title, words, advice))
        return results

    @api.model
    def _check_webhooks(self):
        """Check when Meta last called for each number."""
        _ = self.env._
        results = []
        for account in self.env["whatsapp.account"].search([]):
            last = account._last_webhook()
            age = last and max(fields.Datetime.now() - last, timedelta())
            words = (
                _("Meta last called %s minutes ago.", int(age.total_seconds() // 60))
                if last
                else _("Meta has never called.")
            )
            results.append(
                self._result(
                    "error" if not last else "ok" if age < SILENT else "warning",
                    _("Webhook of %s", account.name),
                    words,
                    _("Write to the number; if nothing comes, check the webhook at Meta."),
                    step="" if last else "whatsapp",
                )
            )
        return results

    @api.model
    def _check_inbox(self):
        _ = self.env._
        Event = self.env["whatsapp.event"]
        failed = Event.search_count([("state", "=", "failed")])
        waiting = [("state", "=", "received"), ("next_try_at", "=", False)]
        waiting += [("create_date", "<", fields.Datetime.now() - INBOX_WAITS)]
        late = Event.search_count(waiting)
        return self._result(
            "error" if late else "warning" if failed else "ok",
            _("Messages received"),
            _(
                "%(failed)s could not be processed, %(late)s wait too long.",
                failed=failed,
                late=late,
            )
            if failed or late
            else _("All of them were processed."),
            _("Process them again. If many wait, look at the jobs."),
            failed="whatsapp_inbox" if failed else "",
        )

    @api.model
    def _check_outbox(self):
        _ = self.env._
        model, domain, _method, _error = self._failed_kinds()["whatsapp_outbox"]
        failed = self.env[model].search_count(domain)
        since = fields.Datetime.now() - RECENT
        menus = self.env[model].search_count(
            [("menu_error", "!=", False), ("create_date", ">", since)]
        )
        words = []
        if failed:
            words.append(_("%s could not be sent in the last 7 days.", failed))
        if menus:
            words.append(_("%s menus were refused by Meta and went out as numbered text.", menus))
        return self._result(
            "warning" if words else "ok",
            _("Messages sent"),
            " ".join(words) or _("Nothing failed in the last 7 days."),
            _("See the reasons: some need a template, some numbers have no WhatsApp."),
            failed="whatsapp_outbox",
        )

    @api.model
    def _check_whatsapp_media(self):
        _ = self.env._
        model, domain, _method, _error = self._failed_kinds()["whatsapp_media"]
        failed = self.env[model].search_count(domain)
        return self._result(
            "warning" if failed else "ok",
            _("Photos and files"),
            _("%s could not be fetched in the last 7 days.", failed)
            if failed
            else _("All of them were fetched."),
            _("Fetch them again: Meta keeps a file for 7 days."),
            failed="whatsapp_media",
        )

    @api.model
    def _check_whatsapp_caps(self):
        """Return how often citizens reached their limits, and the files held back by them."""
        _ = self.env._
        day_ago = fields.Datetime.now() - timedelta(days=1)
        reached = self.env["contact_center.event"].search(
            [("kind", "=", "limit_reached"), ("at", ">", day_ago)], limit=10000
        )
        counts = Counter((event.data or {}).get("limit") for event in reached)
        since = fields.Datetime.now() - RECENT
        held = self.env["whatsapp.message"].search_count(
            [("media_state", "=", "held"), ("create_date", ">", since)]
        )
        return self._result(
            "warning" if reached or held else "ok",
            _("Limits per citizen"),
            _(
                "Reached in the last 24 hours: messages %(messages)s times, files %(files)s times, "
                "tickets %(tickets)s times. %(held)s files were left at WhatsApp.",
                messages=counts["messages"] + counts["hourly_messages"],
                files=counts["files"] + counts["megabytes"],
                tickets=counts["tickets"],
                held=held,
            )
            if reached or held
            else _("Nobody reached them in the last 24 hours."),
            _(
                "An agent fetches a file by a click in the conversation. The limits are on the "
                "number's form."
            ),
        )
