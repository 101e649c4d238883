# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Web services called by flows: URLs, headers, values extracted from the response."""

from urllib.parse import urlsplit

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import LazyTranslate

from odoo.addons.contact_center.models.secret_field import Secret

from .. import web
from ..engine.placeholders import NAME
from ..web import asking
from ..web.hosts import read_allowed
from ..web.template import names
from .lines import parse_lines
from .slug import unique_key

_lt = LazyTranslate(__name__)

HOSTS_PARAMETER = "chatbot_flow.service_hosts"
MAX_SECONDS = 30
MAX_KILOBYTES = 2000
_REASONS = {
    asking.NOT_ALLOWED: _lt(
        "“%s” may not be asked: a system administrator has to list it in the settings."
    ),
    asking.TIME_OUT: _lt("There was no answer in time."),
    asking.NO_CONNECTION: _lt("“%s” cannot be reached."),
    asking.REDIRECTED: _lt("The service sent us on to another place (%s)."),
    asking.REFUSED: _lt("The service refused (HTTP %s)."),
    asking.TOO_LARGE: _lt("The answer is larger than %s bytes."),
    asking.NO_JSON: _lt("The answer is not JSON."),
}


class ChatbotFlowService(models.Model):
    """A web service that responds with JSON.

    Flows refer to it by code, so it may change independently.
    """

    _name = "chatbot.flow.service"
    _description = "Chatbot Flow Web Service"
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(copy=False, help="Made from the name if empty. Flows know it by this.")
    active = fields.Boolean(default=True)
    note = fields.Text(string="Notes")
    method = fields.Selection([("GET", "GET"), ("POST", "POST")], required=True, default="GET")
    url = fields.Char(
        string="Address",
        required=True,
        help="Values of the flow stand in braces, behind the host: "
        "https://viacep.com.br/ws/{cep}/json/",
    )
    body = fields.Text(
        string="Sent values",
        help='Sent as a JSON object: one "name: value" per line, values may use {placeholders}. '
        "Only ask for something this way: a question may be repeated.",
    )
    seconds = fields.Integer(string="Answer within (seconds)", required=True, default=5)
    kilobytes = fields.Integer(string="Largest answer (kB)", required=True, default=200)
    header_ids = fields.One2many("chatbot.flow.service.header", "service_id", copy=False)
    value_ids = fields.One2many("chatbot.flow.service.value", "service_id", copy=True)
    use_fallback = fields.Boolean(
        string="When it fails, go on with the fallback values",
        help="Otherwise the flow takes the way “If it fails”, with the fallback values too.",
    )
    test_values = fields.Text(
        string="Try with", help='One "name: value" per line for the placeholders of the address.'
    )
    test_result = fields.Html(readonly=True, copy=False)

    _code_unique = models.Constraint("UNIQUE(code)", "Two services cannot have the same code.")
    _seconds_range = models.Constraint(
        f"CHECK(seconds BETWEEN 1 AND {MAX_SECONDS})", "The time is from 1 to 30 seconds."
    )
    _kilobytes_range = models.Constraint(
        f"CHECK(kilobytes BETWEEN 1 AND {MAX_KILOBYTES})", "An answer has from 1 to 2000 kB."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Make a code from the name where none is given."""
        used = set(self.with_context(active_test=False).search([]).mapped("code"))
        used |= {vals.get("code") for vals in vals_list}
        for vals in vals_list:
            if not vals.get("code"):
                vals["code"] = unique_key(vals.get("name"), "service", used)
                used.add(vals["code"])
        return super().create(vals_list)

    def write(self, vals):
        """Never send a secret to a host that a system administrator did not intend."""
        if "url" in vals:
            target = urlsplit(vals["url"] or "")
            for service in self:
                present = urlsplit(service.url)
                bare = (present.scheme, target.scheme) == ("https", "http")
                if present.netloc != target.netloc or bare:
                    service._check_no_secret(service.header_ids)
        return super().write(vals)

    def _check_no_secret(self, headers):
        """Raise AccessError if one of these headers is secret and the user may not redirect it."""
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        # sudo: chatbot.flow.service.header - existence only
        if any(headers.sudo().mapped("secret_value")):
            raise AccessError(
                self.env._(
                    "“%s” has secret headers: only a system administrator may send it to "
                    "another host.",
                    self.name,
                )
            )

    @api.constrains("url")
    def _check_url(self):
        for service in self:
            parts = urlsplit(service.url or "")
            if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
                raise ValidationError(
                    self.env._("“%s” is not the address of a web service.", service.url)
                )
            if "{" in parts.netloc:
                raise ValidationError(
                    self.env._("“%s”: values may only stand behind the host.", service.url)
                )

    @api.constrains("body", "test_values")
    def _check_lines(self):
        for service in self:
            parse_lines(self.env, service.body)
            parse_lines(self.env, service.test_values)

    # ------------------------------------------------------------
    # For flows
    # ------------------------------------------------------------

    def _wanted_values(self):
        """Return the parameters that a step must provide: {placeholder: "{placeholder}"}."""
        self.ensure_one()
        texts = [self.url or "", *parse_lines(self.env, self.body).values()]
        return {name: f"{{{name}}}" for text in texts for name in names(text)}

    def _samples(self):
        """Return {name of a value: a sample}, for texts after the step and for the simulator."""
        self.ensure_one()
        return {value.name: value.fallback or value.name for value in self.value_ids}

    def _ask(self, params):
        """Call the service; return an action's result, see `chatbot.flow.session._run_action`.

        :raise AskError: there was no response
        """
        question, mappings = self._question(), self._mappings()
        allowed = self._allowed_hosts()
        answer = web.ask(question, params, allowed)
        values, empty = web.picked(answer.data, mappings)
        return {"ok": True, "values": values, "empty": empty}

    def _fallback_values(self):
        """Return {name: fallback} of the values that have one."""
        return {value.name: value.fallback for value in self.value_ids if value.fallback}

    def _question(self):
        self.ensure_one()
        # sudo: chatbot.flow.service.header - the service is called with its secrets for anybody who
        # follows the flow; nobody can read them
        headers = self.sudo().header_ids
        return web.Question(
            url=self.url,
            method=self.method,
            headers={header.name: header.secret_value or header.value or "" for header in headers},
            body=parse_lines(self.env, self.body),
            seconds=self.seconds,
            limit=1000 * self.kilobytes,
        )

    def _mappings(self):
        return [web.Mapping(line.name, line.path, line.fallback) for line in self.value_ids]

    @api.model
    def _allowed_hosts(self):
        """Return the hosts allowed by a system administrator."""
        # sudo: ir.config_parameter - read for anybody who follows a flow
        text = self.env["ir.config_parameter"].sudo().get_param(HOSTS_PARAMETER) or ""
        return read_allowed(text.replace(",", " ").split())[0]

    def _reason(self, error):
        """Return why there was no response (`AskError`), in the user's language."""
        text = self.env._(_REASONS[error.code])
        return text % error.detail if "%s" in text else text

    # ------------------------------------------------------------
    # Trying
    # ------------------------------------------------------------

    def action_test(self):
        """Call the service with the test values, and show the result."""
        self.ensure_one()
        self.check_access("write")
        try:
            values = parse_lines(self.env, self.test_values)
            answer = web.ask(self._question(), values, self._allowed_hosts())
        except web.AskError as error:
            self.test_result = Markup('<div class="text-danger">%s</div>') % self._reason(error)
            return True
        found, empty = web.picked(answer.data, self._mappings())
        self.test_result = self.env["ir.qweb"]._render(
            "chatbot_flow.service_test_result",
            {
                "status": answer.status,
                "empty": empty,
                "rows": [(line.name, found.get(line.name)) for line in self.value_ids],
                "answer": answer.text[:3000],
            },
        )
        return True


class ChatbotFlowServiceHeader(models.Model):
    """A header sent with every call; only system administrators see secret ones."""

    _name = "chatbot.flow.service.header"
    _description = "Chatbot Flow Web Service Header"
    _order = "service_id, id"

    service_id = fields.Many2one(
        "chatbot.flow.service", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    value = fields.Char()
    secret_value = Secret(help="Sent instead of the value; nobody reads it again.")

    def write(self, vals):
        """Keep a secret header with its service: another one may call another host."""
        if "service_id" in vals:
            for header in self:
                if header.service_id.id != vals["service_id"]:
                    header.service_id._check_no_secret(header)
        return super().write(vals)

    @api.constrains("name", "value", "secret_value")
    def _check_header(self):
        for header in self:
            # sudo: chatbot.flow.service.header - checks the secret without showing it
            texts = (header.name, header.value or "", header.sudo().secret_value or "")
            if any(not text.isprintable() for text in texts) or " " in header.name:
                raise ValidationError(self.env._("“%s” is not a valid header.", header.name))


class ChatbotFlowServiceValue(models.Model):
    """A value extracted from the response."""

    _name = "chatbot.flow.service.value"
    _description = "Chatbot Flow Web Service Value"
    _order = "service_id, sequence, id"

    service_id = fields.Many2one(
        "chatbot.flow.service", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Keep as", required=True, help="Used in texts as {name}.")
    path = fields.Char(
        string="Where in the answer",
        required=True,
        help="A JMESPath expression: logradouro, endereco.rua, itens[0].nome, length(itens)",
    )
    fallback = fields.Char(string="Otherwise", help="The value when the answer does not have it.")

    _name_unique = models.Constraint(
        "UNIQUE(service_id, name)", "Two values of a service cannot have the same name."
    )

    @api.constrains("name", "path")
    def _check_line(self):
        for line in self:
            if not NAME.fullmatch(line.name or ""):
                raise ValidationError(
                    self.env._(
                        "“%s”: a name may only have a-z, 0-9 and _, and starts with a letter.",
                        line.name,
                    )
                )
            try:
                web.check_path(line.path)
            except web.MappingError as error:
                raise ValidationError(
                    self.env._("“%(path)s” cannot be read: %(error)s", path=line.path, error=error)
                ) from error


class ChatbotFlowSession(models.Model):
    """Calls to a web service from a flow: in a job, see `_run_later`."""

    _inherit = "chatbot.flow.session"

    def _ask_service(self, code, params):
        """Return a web service's response, like `_run_action`."""
        service = self.env["chatbot.flow.service"].search([("code", "=", code)], limit=1)
        if not service:
            self._note_error(self.env._("The web service “%s” does not exist.", code))
            return {"ok": False, "values": {}}
        try:
            return service._ask(params)
        except web.AskError as error:
            self._note_error(
                f"{self.conversation_id.protocol}: {service.name}: {service._reason(error)}"
            )
            return {"ok": service.use_fallback, "values": service._fallback_values()}
