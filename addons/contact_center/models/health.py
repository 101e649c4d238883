# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time

from odoo import api, fields, models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)

# From the best to the worst.
LEVELS = ("ok", "warning", "error")
# How long results stay valid, in seconds: several screens and the monitoring share them.
CACHE_SECONDS = 5
ITEMS_SHOWN = 20
# Failed records are processed again in batches: a click must not take minutes
AGAIN_BATCH = 1000


class Health(models.AbstractModel):
    """The state of everything at a glance: problems in words, with their remedies.

    Every addon adds its own checks by extending `_checks` and `_failed_kinds`; the page and the
    monitoring belong to another addon. A check reports numbers and states, never secrets or
    citizens' words.
    """

    _name = "contact_center.health"
    _description = "Contact Center Health"

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    @api.model
    def _checks(self):
        """Return {key: (section, method)} of the checks, see `_sections` (hook).

        A method returns one `_result`, or a list of them (one for each number, say). Methods run as
        superuser, in the reader's language.
        """
        return {
            "queues": ("work", self._check_queues),
            "administrators": ("security", self._check_administrators),
            "demo_hours": ("work", self._check_demo_hours),
            "secrets": ("security", self._check_secrets),
        }

    @api.model
    def _sections(self):
        """Return {key: title} of the page's sections, in order (hook)."""
        _ = self.env._
        return {
            "channel": _("Channels"),
            "work": _("Work in the background"),
            "integration": _("Integrations"),
            "server": _("Server"),
            "security": _("Security"),
        }

    @api.model
    def _failed_kinds(self):
        """Return what can be processed again (hook).

        {key: (model, domain, method, error field)}.

        `method` is called on the records as the current user, and checks the right itself.
        """
        return {}

    @api.model
    def _job_titles(self):
        """Return {job channel: title of its jobs} (hook)."""
        return {
            "root": self.env._("Other jobs"),
            "root.background": self.env._("Jobs in the background"),
        }

    @api.model
    def _result(self, level, title, words, advice="", failed="", step=""):
        """Return one line of the page.

        :param level: one of `LEVELS`
        :param title: what was checked
        :param words: the result
        :param advice: what to do about it
        :param failed: key of `_failed_kinds` whose records can be processed again here
        :param step: key of the first step (`contact_center.first.steps`) that fixes it
        """
        return {
            "level": level,
            "title": title,
            "words": words,
            "advice": advice if level != "ok" else "",
            "failed": failed if level != "ok" else "",
            "step": step if level != "ok" else "",
        }

    # ------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------

    @api.model
    def _check_allowed(self):
        """Raise AccessError for everybody but administrators."""
        if not self.env.su and not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(self.env._("Only administrators see the health of the system."))

    @api.model
    def get_report(self):
        """Return all checks, for the page.

        :return: {level, at, next_step: {key, title} or None, sections: [{key, title, checks: [{key,
            level, title, words, advice, failed, step}]}]}; `at` in UTC as `YYYY-MM-DD HH:MM:SS`
        :raise AccessError: the user is no administrator
        """
        self._check_allowed()
        # sudo: contact_center.health - the right was checked, and checks reveal no secrets
        checks = self.sudo()._look()
        sections = [
            {"key": key, "title": title, "checks": found}
            for key, title in self._sections().items()
            if (found := [check for check in checks if check["section"] == key])
        ]
        return {
            "level": self._worst(checks),
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "next_step": self.env["contact_center.first.steps"]._next_step(),
            "sections": sections,
        }

    @api.model
    def _worst(self, checks):
        return max((check["level"] for check in checks), key=LEVELS.index, default="ok")

    @api.model
    def _look(self):
        """Return the results of all checks; cached for some seconds in this process."""
        kept = self.env.registry.__dict__.setdefault("_contact_center_health", {})
        until, checks = kept.get(self.env.lang, (0, []))
        if time.monotonic() >= until:
            checks = [
                {**result, "key": key, "section": section}
                for key, (section, method) in self._checks().items()
                for result in self._run(key, method)
            ]
            kept[self.env.lang] = (time.monotonic() + CACHE_SECONDS, checks)
        return checks

    @api.model
    def _forget(self):
        """Discard the cached results."""
        self.env.registry.__dict__.pop("_contact_center_health", None)

    @api.model
    def _run(self, key, method):
        """Return a check's results as a list; one that raises becomes red, the others continue."""
        try:
            with self.env.cr.savepoint():
                results = method()
        except Exception:
            _logger.exception("The health check %s broke", key)
            words = self.env._("This could not be checked.")
            advice = self.env._("The server's log says why; tell the support.")
            return [self._result("error", key, words, advice)]
        return results if isinstance(results, list) else [results]

    # ------------------------------------------------------------
    # Processing again
    # ------------------------------------------------------------

    @api.model
    def get_failed(self, kind):
        """Return the newest failed records of a kind.

        :param kind: key of `_failed_kinds`
        :return: [{id, name, error}]; `error` is one line
        """
        self._check_allowed()
        model, domain, _method, error_field = self._failed_kinds()[kind]
        # sudo: any - the right was checked; only name and error are shown
        records = self.env[model].sudo().search(domain, order="id desc", limit=ITEMS_SHOWN)
        return [
            {
                "id": record.id,
                "name": record.display_name,
                "error": _last_line(record[error_field]),
            }
            for record in records
        ]

    @api.model
    def process_again(self, kind, record_id=None):
        """Process failed records again.

        :param kind: key of `_failed_kinds`
        :param record_id: only this one; by default all of them, in batches of the oldest
            `AGAIN_BATCH`
        :return: how many
        """
        self._check_allowed()
        model, domain, method, _error_field = self._failed_kinds()[kind]
        # sudo: any - the same records as on the page; the method below checks the right itself
        wanted = [("id", "=", record_id)] if record_id else []
        records = self.env[model].sudo().search([*domain, *wanted], order="id", limit=AGAIN_BATCH)
        if records:
            getattr(records.with_env(self.env), method)()
        self._forget()
        return len(records)

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    @api.model
    def _speaks_portuguese(self):
        return bool(self.env["res.lang"]._get_data(code="pt_BR"))

    @api.model
    def _alert(self, checks):
        """Notify the administrators on their screens, and by notification or e-mail."""
        administrators = self.env.ref("contact_center.group_administrator").all_user_ids.filtered(
            lambda user: user.active and user != self.env.ref("base.user_root")
        )
        title = self.env._("The contact center needs attention")
        lines = [f"{check['title']}: {check['words']} {check['advice']}" for check in checks]
        self.env["mail.thread"].message_notify(
            partner_ids=administrators.partner_id.ids,
            subject=title,
            body="\n".join(lines),
        )
        for user in administrators:
            user._bus_send(
                "simple_notification",
                {"type": "danger", "sticky": True, "title": title, "message": "\n".join(lines)},
            )


def _last_line(text):
    """Return the meaningful line of an error: the last one of a traceback."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""
