import logging
import time

from odoo import api, fields, models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)

# From the best to the worst.
LEVELS = ("ok", "warning", "error")
# How long one look is good for, in seconds: several screens and the monitoring share it.
CACHE_SECONDS = 5
ITEMS_SHOWN = 20
# What failed is processed again in portions: a click must not take minutes
AGAIN_BATCH = 1000


class Health(models.AbstractModel):
    """Whether everything works, in one look: what is wrong, in words, and what to do about it.

    Every addon adds its own checks by extending `_checks` and `_failed_kinds`. A check tells
    numbers and states, never a secret, and nothing that a citizen said.
    """

    _name = "contact_center.health"
    _description = "Contact Center Health"

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    @api.model
    def _checks(self):
        """Hook: {key: (section, method)}; see `_sections`.

        A method returns one `_result`, or a list of them (one for each number, say). It runs as
        superuser, in the reader's language.
        """
        return {}

    @api.model
    def _sections(self):
        """Hook: {key: title} of the page's sections, in their order."""
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
        """Hook: {key: (model, domain, method, error field)} of what can be processed again.

        `method` is called on the records as the user who asks, and checks the right itself.
        """
        return {}

    @api.model
    def _result(self, level, title, words, advice="", failed=""):
        """One line of the page.

        :param level: one of `LEVELS`
        :param title: what was looked at
        :param words: what was found
        :param advice: what to do about it
        :param failed: key of `_failed_kinds` whose records can be processed again here
        """
        return {
            "level": level,
            "title": title,
            "words": words,
            "advice": advice if level != "ok" else "",
            "failed": failed if level != "ok" else "",
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
        """All checks, for the page.

        :return: {level, at, sections: [{key, title, checks: [{key, level, title, words, advice,
            failed}]}]}; `at` in UTC as `YYYY-MM-DD HH:MM:SS`
        :raise AccessError: the user is no administrator
        """
        self._check_allowed()
        # sudo: contact_center.health - the right was checked, and checks tell no secret
        checks = self.sudo()._look()
        sections = [
            {"key": key, "title": title, "checks": found}
            for key, title in self._sections().items()
            if (found := [check for check in checks if check["section"] == key])
        ]
        return {
            "level": self._worst(checks),
            "at": fields.Datetime.to_string(fields.Datetime.now()),
            "sections": sections,
        }

    @api.model
    def _worst(self, checks):
        return max((check["level"] for check in checks), key=LEVELS.index, default="ok")

    @api.model
    def _look(self):
        """Results of all checks; kept for some seconds in this process."""
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
        """Look again the next time."""
        self.env.registry.__dict__.pop("_contact_center_health", None)

    @api.model
    def _run(self, key, method):
        """Results of one check as a list; one that breaks is red itself, the others go on."""
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
        """The newest failed records of a kind.

        :param kind: key of `_failed_kinds`
        :return: [{id, name, error}]; `error` is one line
        """
        self._check_allowed()
        model, domain, _method, error_field = self._failed_kinds()[kind]
        # sudo: any - the right was checked; shown are its name and what went wrong
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
        """Process again what failed.

        :param kind: key of `_failed_kinds`
        :param record_id: only this one; by default all of them, the oldest `AGAIN_BATCH` at once
        :return: how many
        """
        self._check_allowed()
        model, domain, method, _error_field = self._failed_kinds()[kind]
        # sudo: any - found as the page shows them; the method below checks the right itself
        wanted = [("id", "=", record_id)] if record_id else []
        records = self.env[model].sudo().search([*domain, *wanted], order="id", limit=AGAIN_BATCH)
        if records:
            getattr(records.with_env(self.env), method)()
        self._forget()
        return len(records)


def _last_line(text):
    """The line of an error that says what it was: the last one of a traceback."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""
