# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Flow tests travel with the flow: in its file, and in some ready-made flows."""

from odoo import models

from ..engine import kept_runs
from . import simulation_settings


class ChatbotFlow(models.Model):
    """The tests of a flow, to its file and back."""

    _inherit = "chatbot.flow"

    def _tests_for_file(self):
        """Return the flow's tests for the file, with names instead of this database's ids."""
        self.ensure_one()
        usual = simulation_settings.DEFAULTS
        written = []
        for test in self.test_ids:
            settings = {
                name: value
                for name, value in (test.settings or {}).items()
                if value != usual.get(name)
            }
            expected = [self._outcome_for_file(outcome) for outcome in test.expected or []]
            written.append(
                kept_runs.write(
                    test.name, test.strictness, settings, list(test.entries or []), expected
                )
            )
        return written

    def _outcome_for_file(self, outcome):
        over = outcome.get("over") or {}
        if not over.get("queue"):
            return outcome
        queue = self.env["chatbot.flow.session"]._queue(over["queue"])
        return {**outcome, "over": {**over, "queue": queue.name or ""}}

    def _load_tests(self, given):
        """Store the tests of a file, replacing those of the same name.

        :param given: the file's `tests`
        :return: list of readable texts about what could not be read
        """
        self.ensure_one()
        if not isinstance(given, list) or len(given) > kept_runs.MAX_TESTS:
            return [self.env._("The flow tests of the file cannot be read.")] if given else []
        notices, values = [], []
        queues = self._ids_by_name("contact_center.queue")
        for position, entry in enumerate(given, 1):
            read = kept_runs.read(entry)
            if read is None:
                notices.append(self.env._("Flow test %s of the file cannot be read.", position))
                continue
            for outcome in read["expected"]:
                over = outcome["over"] or {}
                if isinstance(over.get("queue"), str):
                    over["queue"] = queues.get(over["queue"].casefold())
            read["settings"] = simulation_settings.clean(read["settings"])
            for sent in read["entries"]:
                if "settings" in sent:
                    sent["settings"] = simulation_settings.clean(sent["settings"])
            values.append({**read, "flow_id": self.id, "sequence": 10 * position})
        names = {vals["name"] for vals in values}
        self.test_ids.filtered(lambda test: test.name in names).unlink()
        self.env["chatbot.flow.test"].create(values)
        return notices
