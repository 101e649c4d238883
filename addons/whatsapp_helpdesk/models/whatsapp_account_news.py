# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timezone

from odoo import api, fields, models

from ..cloud_api import account_news, errors, phone
from ..cloud_api.account_news import ERROR, INFO, OK, WARNING
from ..cloud_api.client import ApiError
from ..cloud_api.errors import ErrorClass
from ..cloud_api.reading import a_dict, a_text

_VALUE_MAX = 300  # characters of one value that Meta tells
_LEVELS = {WARNING: 1, ERROR: 2}


class WhatsappAccount(models.Model):
    """Meta's own news about the account and the number, until it is revoked."""

    _inherit = "whatsapp.account"

    # {topic: {"level", "words", "values", "at", "until", "pause"}}: `cloud_api.account_news.News`
    news = fields.Json(readonly=True, copy=False)
    news_text = fields.Text(compute="_compute_news_text", string="What Meta says of it")
    messaging_limit = fields.Char(
        string="Messaging limit",
        readonly=True,
        copy=False,
        help="Meta's tier: to how many people a day the city may write first, with templates.",
    )

    @api.depends("news")
    @api.depends_context("lang")
    def _compute_news_text(self):
        for account in self:
            account.news_text = "\n".join(account._news_lines()) or False

    def _news_standing(self):
        """Return warnings and errors of Meta that are not over, the gravest and newest first."""
        self.ensure_one()
        now = fields.Datetime.to_string(fields.Datetime.now())
        standing = [
            one
            for one in a_dict(self.news).values()
            if one["level"] in _LEVELS and (not one.get("until") or one["until"] > now)
        ]
        standing.sort(key=lambda one: one["at"], reverse=True)
        return sorted(standing, key=lambda one: _LEVELS[one["level"]], reverse=True)

    def _news_lines(self):
        """Return `_news_standing` in the reader's language."""
        return [self._news_words(one) for one in self._news_standing()]

    def _news_level(self):
        """Return the gravest level of the standing news: ok, warning or error."""
        return max((one["level"] for one in self._news_standing()), key=_LEVELS.get, default=OK)

    def _news_words(self, one):
        """Return one piece of news as a sentence; until when, where it ends by itself."""
        source = one["words"]
        words = self.env._(source, **one.get("values", {}))
        if not one["topic"].startswith("restriction") or not one.get("until"):
            return words
        until = fields.Datetime.context_timestamp(self, fields.Datetime.to_datetime(one["until"]))
        return self.env._(
            "%(words)s Until %(until)s.", words=words, until=f"{until:%d/%m/%Y %H:%M}"
        )

    # ------------------------------------------------------------
    # News that came
    # ------------------------------------------------------------

    @api.model
    def _concerned(self, waba_id, value):
        """Return the numbers that news of Meta is about.

        :param waba_id: the account that was notified
        :param value: the change's `value`, which may name one number
        """
        # sudo: whatsapp.account - the webhook has no user
        accounts = self.sudo().search([])
        waba_id = account_news.waba_id(value) or waba_id
        found = accounts.filtered(lambda account: account.waba_id == waba_id)
        found = found or accounts.filtered(lambda account: not account.waba_id)
        if not (number := account_news.number(value)):
            return found
        forms = set(phone.variants(number))
        named = accounts.filtered(
            lambda account: account.phone_number_id == number or account._own_number_forms() & forms
        )
        # A form without its number filled in: the only one of its account is meant
        nameless = found.filtered(lambda account: not account.display_phone_number)
        return named or (nameless if len(found) == 1 else nameless.browse())

    def _own_number_forms(self):
        """Return the number's own telephone number, in the forms in which Meta may write it."""
        self.ensure_one()
        number = self.display_phone_number or ""
        return set(phone.variants(number)) | set(phone.variants(phone.typed(number)))

    def _take_news(self, news_list, at=None):
        """Keep news (`cloud_api.account_news.News`), act on it, and tell the administrators.

        :param at: when it happened, naive UTC; older than what is known of a topic, it is dropped
        """
        at = at or fields.Datetime.now()
        for account in self:
            told = [one for news in news_list if (one := account._take_one(news, at))]
            if told:
                account._tell_administrators(told)

    def _take_one(self, news, at):
        """Keep one piece of news, unless it is older than the latest of its topic.

        :return: the values to tell people, or None
        """
        self.ensure_one()
        known = a_dict(self.news)
        stamp = fields.Datetime.to_string(at)
        before = known.get(news.topic, {})
        if before.get("at", "") > stamp:
            return None
        one = {
            "topic": news.topic,
            "level": news.level,
            "words": news.words,
            "values": {key: value[:_VALUE_MAX] for key, value in news.values.items()},
            "at": stamp,
            "until": news.until and fields.Datetime.to_string(_naive(news.until)),
            "pause": news.pause,
        }
        lowered = self._lowered(news)
        if lowered:
            one["level"] = WARNING
        # sudo: whatsapp.account - bookkeeping of the system
        account = self.sudo()
        account.write({"news": {**known, news.topic: one}, **self._changes_of(news, at)})
        if news.pause and not self._is_over(one):
            account._pause(news.pause, tell=False)
        elif news.level == OK and before.get("pause") and account.state_code == before["pause"]:
            account.action_resume()
        quiet = news.level in (OK, INFO) and not lowered
        taken_back = news.level == OK and before.get("level") in _LEVELS
        return None if quiet and not taken_back else one

    @staticmethod
    def _is_over(one):
        """Return whether a piece of news has ended by itself; it may also be told after that."""
        return bool(one.get("until")) and one["until"] <= fields.Datetime.to_string(
            fields.Datetime.now()
        )

    @api.model
    def _resume_after_news(self):
        """Resume numbers whose restriction ended on the day that Meta said (scheduled).

        No news comes of that. Where it goes on all the same, the next message tells.
        """
        # sudo: whatsapp.account - scheduled action
        for account in self.sudo().search([("state", "=", "paused")]):
            reasons = [
                one
                for one in a_dict(account.news).values()
                if one.get("pause") and one["pause"] == account.state_code
            ]
            if reasons and all(self._is_over(one) for one in reasons):
                account.action_resume()

    def _lowered(self, news):
        """Return whether the limit is smaller than the one that was known."""
        limit = news.changes.get("messaging_limit", "")
        return 0 < account_news.size(limit) < account_news.size(self.messaging_limit or "")

    def _changes_of(self, news, at):
        """Return the values of the account's fields that the news changes."""
        values = dict(news.changes)
        if "quality_rating" in values:
            values["quality_at"] = at
        return values

    def _tell_administrators(self, told):
        """Tell the administrators Meta's news of this number: on the screen, and in the inbox.

        :param told: values of `_take_one`
        """
        health = self.env["contact_center.health"]
        language = "pt_BR" if health._speaks_portuguese() else "en_US"
        account = self.with_context(lang=language)
        _ = account.env._
        # sudo: contact_center.health - the system tells, whichever user caused it
        health.sudo().with_context(lang=language)._alert(
            [
                {
                    "title": _("Number %s", account.name),
                    "words": account._news_words(one),
                    "advice": _("See it at Meta, in the WhatsApp Manager.")
                    if one["level"] in _LEVELS
                    else "",
                }
                for one in told
            ]
        )

    def action_dismiss_news(self):
        """Dismiss the present warnings: somebody has dealt with them."""
        self.check_access("write")
        for account in self:
            # sudo: whatsapp.account - the news is no field for users, the right was checked
            account.sudo().news = {
                topic: one
                for topic, one in a_dict(account.news).items()
                if one["level"] not in _LEVELS or one.get("pause")
            }

    # ------------------------------------------------------------
    # Errors that Meta told by itself
    # ------------------------------------------------------------

    def _check_later(self):
        """Enqueue a job that asks Meta whether the token of this number still works."""
        for account in self:
            account.with_delay(
                identity_key=f"whatsapp.check:{account.id}",
                description=self.env._("WhatsApp: check a number"),
            )._check_connection()

    def _suspect(self, code, detail=""):
        """Pause this number for an error about the account; for others, ask Meta first.

        An error told elsewhere may be about one file or one request only.
        """
        self.ensure_one()
        verdict = errors.of_webhook(code, "messages")
        if verdict is errors.Verdict.PAUSE:
            self._pause(code, detail)
        elif verdict is errors.Verdict.CHECK:
            self._check_later()

    def _check_connection(self):
        """Ask Meta about the number; pause it when Meta refuses (job)."""
        self.ensure_one()
        try:
            self._note_quality(self._api().number())
        except ApiError as error:
            # Not reached, or busy: the next message that goes out will tell
            if error.kind is ErrorClass.PAUSE_ACCOUNT:
                self._pause(error.code, error.details)


class WhatsappEvent(models.Model):
    """News about the account, its numbers and its templates."""

    _inherit = "whatsapp.event"

    def _process_account(self):
        """Take over news about the account or a number."""
        value = a_dict(self.payload.get("value"))
        news = account_news.read(a_text(self.payload.get("field")), value, self._aware_at())
        accounts = self.env["whatsapp.account"]._concerned(self.waba_id, value)
        if not news:
            return self.env._("Kept, but not understood: nothing was done.")
        if not accounts:
            return self.env._("Kept: it is not about one of our numbers.")
        accounts._take_news(news, self.at)
        return " ".join(self.env._(one.words, **one.values) for one in news)

    def _tell_template_news(self, value):
        """Tell the numbers that send a template what changed in it."""
        field = a_text(self.payload.get("field"))
        news = account_news.read(field, value, self._aware_at())
        if news:
            self.env["whatsapp.account"]._concerned(self.waba_id, {})._take_news(news, self.at)

    def _aware_at(self):
        """Return when it happened, aware UTC."""
        return self.at and self.at.replace(tzinfo=timezone.utc)


def _naive(moment: datetime):
    """Return an aware time as Odoo keeps it."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)
