"""Questions whose options are records: where they come from, and a page of them for the engine."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import records
from ..engine.records import LINES
from ..engine.steps import MAX_PAGE


class ChatbotFlowStep(models.Model):
    """What a question may be answered with, beyond plain texts."""

    _inherit = "chatbot.flow.step"

    pattern = fields.Char(
        help="A regular expression that the whole answer must fit, such as [A-Z]{3}[0-9]{4}. Up to "
        "200 characters, without looking ahead or behind and without back references.",
    )
    choice_source = fields.Selection(
        selection="_selection_choice_source",
        string="Choose from",
        help="Where the options come from. They are shown page by page, and what the citizen types "
        "is looked for among all of them.",
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
        """Hook: where the records of a choice may come from.

        :return: {source: {"label": for people, "results": names of the values that a chosen record
            brings besides its title and id}}; `chatbot.flow.session._choice_page` gives the records
        """
        return {LINES: {"label": self.env._("The lines below"), "results": []}}

    @api.model
    def _selection_choice_source(self):
        return [(name, source["label"]) for name, source in self._choice_sources().items()]

    def _choice_params(self):
        """Hook: what `_choice_page` is asked with: {name: text}."""
        self.ensure_one()
        return {LINES: self.choice_lines or ""} if self.choice_source == LINES else {}

    def _definition_question(self):
        data = super()._definition_question()
        if self.answer_type == "pattern":
            data["pattern"] = self.pattern or ""
        if self.answer_type == "choice":
            source = self._choice_sources().get(self.choice_source, {})
            # braces of a line are no placeholders
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

    def _load_question(self, data):
        vals = super()._load_question(data)
        if data.get("answer") == "choice":
            source = data.get("source")
            known = source in self._choice_sources()
            lines = (data.get("params") or {}).get(LINES, "")
            vals["choice_source"] = source if known else False
            vals["choice_lines"] = lines.replace("{{", "{").replace("}}", "}")
        return vals


class ChatbotFlowSession(models.Model):
    """The records that a choice offers."""

    _inherit = "chatbot.flow.session"

    def _action_choice(self, params):
        """A page of records for the engine (see `engine/choices.py`).

        :param params: source, params (of the step), offset, limit, search (lower case, no accents),
            record (id of the only one that is wanted, or empty)
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
        """Hook: a page of the records of a source (see `chatbot.flow.step._choice_sources`).

        :return: {"choices": list of {"id", "title", "description", "values"}, "more": bool}; see
            `engine/records.py` for lists that are at hand as a whole
        """
        rows = records.of_lines(params.get(LINES, "")) if source == LINES else []
        return records.page(rows, offset, limit, search, record)
