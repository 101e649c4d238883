# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Questions whose options are records: their sources, and pages for the engine."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import records
from ..engine.records import LINES
from ..engine.steps import MAX_PAGE


class ChatbotFlowStep(models.Model):
    """Answer types of a question beyond plain text."""

    _inherit = "chatbot.flow.step"

    pattern = fields.Char(
        help="A regular expression that the whole answer must fit, such as [A-Z]{3}[0-9]{4}. Up to "
        "200 characters, without looking ahead or behind and without back references.",
    )
    choice_source = fields.Selection(
        selection="_selection_choice_source",
        string="Choose from",
        help="The source of the options. They are shown page by page, and the citizen's words "
        "are searched among all of them.",
    )
    choice_lines = fields.Text(
        string="Lines to choose from", help="One per line; there may be thousands."
    )
    page_size = fields.Integer(
        string="Shown at once", default=MAX_PAGE, help="From 1 to 8; a list of WhatsApp holds 10."
    )

    @api.constrains("page_size")
    def _check_page_size(self):
        for step in self:
            if not 1 <= step.page_size <= MAX_PAGE:
                raise ValidationError(
                    self.env._("From 1 to %s options can be shown at once.", MAX_PAGE)
                )

    @api.model
    def _choice_sources(self):
        """Return the sources of a choice's records (hook).

        :return: {source: {"label": for people, "results": names of the chosen record's values
        besides title and id}}; `chatbot.flow.session._choice_page` returns the records
        """
        return {LINES: {"label": self.env._("The lines below"), "results": []}}

    @api.model
    def _selection_choice_source(self):
        return [(name, source["label"]) for name, source in self._choice_sources().items()]

    def _choice_params(self):
        """Return the parameters for `_choice_page`: {name: text} (hook)."""
        self.ensure_one()
        return {LINES: self.choice_lines or ""} if self.choice_source == LINES else {}

    def _definition_form(self):
        """Return the constraints on a question's answer beyond its kind."""
        data = {}
        if self.answer_type == "pattern":
            data["pattern"] = self.pattern or ""
        if self.answer_type == "choice":
            source = self._choice_sources().get(self.choice_source, {})
            # braces in a line are not placeholders
            params = {
                name: value.replace("{", "{{").replace("}", "}}")
                for name, value in self._choice_params().items()
            }
            data |= {
                "source": self.choice_source or "",
                "params": params,
                "page_size": self.page_size,
                "results": list(source.get("results", ())),
                "list_button": self.list_button or "",
                "on_error": self.on_error_id.key or "",
            }
        return data

    def _load_choice(self, data):
        if data.get("answer") != "choice":
            return {}
        source = data.get("source")
        lines = (data.get("params") or {}).get(LINES, "")
        return {
            "choice_source": source if source in self._choice_sources() else False,
            "choice_lines": lines.replace("{{", "{").replace("}}", "}"),
        }


class ChatbotFlowSession(models.Model):
    """Provides the records of a choice."""

    _inherit = "chatbot.flow.session"

    def _action_choice(self, params):
        """Return a page of records for the engine (see `engine/choices.py`).

        :param params: source, params (of the step), offset, limit, search (lower case, no accents),
            record (id of the only one requested, or empty)
        """
        page = self._choice_page(
            params["source"],
            params["params"],
            params["offset"],
            params["limit"],
            search=params["search"],
            record=params["record"],
        )
        return {"ok": True, "values": page}

    def _choice_page(self, source, params, offset, limit, search="", record=""):
        """Return a page of a source's records (hook).

        See `chatbot.flow.step._choice_sources`.

        :return: {"choices": list of {"id", "title", "description", "values"}, "more": bool}; see
        `engine/records.py` for complete lists
        """
        rows = records.of_lines(params.get(LINES, "")) if source == LINES else []
        return records.page(rows, offset, limit, search, record)
