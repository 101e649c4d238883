# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A flow's small-talk table: what citizens say besides answers, and the replies."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.manner_words import REPEAT, USUAL
from ..engine.manners import ANSWERS, MAX_QUIET, QUIET, slim
from ..engine.placeholders import NAME
from .chatbot_flow_draft import _told
from .slug import unique_key

STATES = [
    ("repeat", "The question is put again"),
    ("stay", "Nothing more is said"),
    ("skip", "The question is skipped, if it may be"),
    ("agent", "A person takes over"),
    ("cancel", "It is asked whether to end"),
    ("end", "The conversation ends"),
]
# Key of a row in a definition -> field of the line.
FIELDS = {
    "title": "name",
    "words": "words",
    "reply": "reply",
    "state": "state",
    "opens": "opens",
    "tell": "tell",
    "free": "free",
    "off": "used",
}


class ChatbotFlowManner(models.Model):
    """A row of the table: phrases, the reply, and the effect on the conversation."""

    _name = "chatbot.flow.manner"
    _description = "Small Talk of a Flow"
    _inherit = ["chatbot.flow.part"]
    _order = "flow_id, sequence, id"

    flow_id = fields.Many2one("chatbot.flow", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=1000)
    code = fields.Char(
        readonly=True, help="Names the row in files and versions. Made from the name if empty."
    )
    name = fields.Char(string="Small talk", required=True)
    words = fields.Char(
        string="What is said",
        help="Words, phrases and emoji, separated by commas. Accents, capitals, articles, "
        "stretched letters and courtesy around them count for nothing.",
    )
    reply = fields.Text(
        translate=True,
        help="Said before the question is put again. {palavra_pessoa} is the word with which the "
        "citizen gets to a person.",
    )
    state = fields.Selection(STATES, string="Then", required=True, default=REPEAT, copy=True)
    opens = fields.Boolean(
        string="Opens a conversation",
        default=True,
        help="As the first thing that somebody says. Otherwise it is answered and kept, and no "
        "protocol is opened; the next conversation begins with it.",
    )
    tell = fields.Boolean(string="The agent sees it")
    free = fields.Boolean(
        string="Also at free text",
        default=True,
        help="Also where any text may be the answer, such as a description.",
    )
    used = fields.Boolean(string="In use", default=True)

    _code_unique = models.Constraint(
        "UNIQUE(flow_id, code)", "Two rows of small talk cannot have the same code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Make a code from the name where none is given."""
        for vals in vals_list:
            if not vals.get("code"):
                flow = self.env["chatbot.flow"].browse(vals.get("flow_id"))
                used = {*USUAL, *flow.manner_ids.mapped("code")}
                used |= {other.get("code") for other in vals_list}
                vals["code"] = unique_key(vals.get("name"), "conversa", used)
        return super().create(vals_list)

    def write(self, vals):
        """Report changes in the flow's chatter."""
        return _told(self, vals, lambda: super(ChatbotFlowManner, self).write(vals))

    def _change_label(self):
        return self.env._("Small talk “%s”", self.name)

    @api.constrains("code")
    def _check_code(self):
        for row in self:
            if not NAME.fullmatch(row.code or ""):
                raise ValidationError(
                    self.env._("Small talk “%s”: the code may only have a-z, 0-9 and _.", row.name)
                )

    def _text_name(self):
        """Return the key of the reply in a definition's translations."""
        return f"manners.{self.code}.reply"

    def _definition(self):
        """Return the row as a complete entry of the definition."""
        self.ensure_one()
        data = {key: self[field] for key, field in FIELDS.items() if key != "off"}
        data["words"] = _words(self.words)
        data["reply"] = (self.reply or "").strip()
        return data if self.used else {**data, "off": True}

    @api.model
    def _load_values(self, name, given):
        """Entry of a definition -> values; omitted fields keep their defaults."""
        values = {"title": name, "words": (), "reply": "", "state": REPEAT, "opens": True}
        values |= {"tell": False, "free": True, "off": False}
        values |= USUAL.get(name, {})
        values |= {key: value for key, value in given.items() if key in FIELDS}
        line = {field: values[key] for key, field in FIELDS.items() if key != "off"}
        return {
            **line,
            "code": name,
            "words": ", ".join(word for word in values["words"] if word),
            "reply": values["reply"] or False,
            "used": not values["off"],
        }


class ChatbotFlow(models.Model):
    """A flow's small-talk table, and its behaviour after the end of a conversation."""

    _inherit = "chatbot.flow"

    manner_ids = fields.One2many(
        "chatbot.flow.manner",
        "flow_id",
        string="Small talk",
        copy=True,
        default=lambda self: self._manner_lines({}),
    )
    quiet_minutes = fields.Integer(
        string="Quiet time after the end (minutes)",
        default=QUIET // 60,
        aggregator=None,
        help="During this time after the end, thanks, “ok”, an emoji or a sticker belong to the "
        "finished conversation: no new conversation, no new protocol. 0: never.",
    )
    quiet_answer = fields.Selection(
        [
            ("reply", "The reply of the table, once"),
            ("reaction", "A heart on the message, once"),
            ("nothing", "Nothing"),
        ],
        string="Then the citizen gets",
        required=True,
        default=ANSWERS[0],
    )

    @api.constrains("quiet_minutes")
    def _check_quiet(self):
        for flow in self:
            if not 0 <= flow.quiet_minutes <= MAX_QUIET // 60:
                raise ValidationError(
                    self.env._("The quiet time is from 0 to %s minutes.", MAX_QUIET // 60)
                )

    @api.model
    def _manner_lines(self, given):
        """Return commands that create the lines of a definition's rows, default ones first."""
        names = [*USUAL, *(name for name in given if name not in USUAL)]
        rows = self.env["chatbot.flow.manner"]
        return [
            (0, 0, {**rows._load_values(name, given.get(name) or {}), "sequence": 10 * place})
            for place, name in enumerate(names, 1)
        ]

    def _definition_manners(self):
        data = {}
        rows = self.manner_ids.sorted(lambda row: (row.sequence, row.id or 0))
        manners = slim({row.code: row._definition() for row in rows if row.code})
        # a default row that somebody deleted is switched off
        manners |= {name: {"off": True} for name in USUAL if name not in rows.mapped("code")}
        if manners:
            data["manners"] = manners
        quiet = {"seconds": 60 * self.quiet_minutes, "answer": self.quiet_answer}
        if quiet != {"seconds": QUIET, "answer": ANSWERS[0]}:
            data["quiet"] = quiet
        return data

    def _load_manners(self, definition):
        quiet = definition.get("quiet") or {}
        answer = quiet.get("answer")
        vals = {
            "quiet_minutes": quiet.get("seconds", QUIET) // 60,
            "quiet_answer": answer if answer in ANSWERS else ANSWERS[0],
        }
        given = slim(definition.get("manners"))
        if given != (self._definition().get("manners") or {}):
            vals["manner_ids"] = [(5, 0, 0), *self._manner_lines(given)]
        return vals

    @api.model
    def _without_usual_manners(self, definition):
        """Drop a file's default rows that are unchanged: they are not missing."""
        manners = slim(definition.get("manners"))
        rest = {name: value for name, value in definition.items() if name != "manners"}
        return {**rest, "manners": manners} if manners else rest


def _words(text):
    """Return the words of a text with commas."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]
