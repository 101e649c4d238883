# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import csv
import hashlib
import io
import zipfile

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.contact_center.core.microseconds import from_us

from ..measure import (
    BY_DAY,
    INDICATORS,
    chain,
    days_of_month,
    first_of_month,
    goal_on,
    missed_days,
)
from .decided import CITY

VERIFIER = "verificador.py"
# Kept so long after the contract's last day, whatever other data's retention says
KEPT_YEARS = 1
READ_ME = """Base dos indicadores de {month}

fechamentos-{file}.json  os dias fechados, com leituras, metas e códigos de verificação
numeros.csv   cada número fechado: dia; indicador; fila; matrícula; numerador; denominador; código
              (esperas e atendimentos em microssegundos)
esperas.csv   cada espera que compõe o nível de serviço, a espera média e o abandono:
              dia; protocolo; primeira fila; última fila; entrou; saiu; como; segundos de espera;
              segundos até a primeira resposta; canal (horas em UTC)
{verifier}  confere os fechamentos sem este sistema:
              python3 {verifier} fechamentos-{file}.json
"""


class Delivery(models.Model):
    """The data base of a month's indicators, handed to the city.

    What composes the indicators from the first day on belongs to the city: closed figures, the
    waits that they are made of, and a program that verifies them without this system. It is kept
    until a year after the contract, over any retention.
    """

    _name = "contact_center.indicator.delivery"
    _inherit = ["contact_center.machine.row"]
    _description = "Data Base of a Month"
    _order = "month desc, id desc"
    _rec_name = "month"

    month = fields.Date(required=True, readonly=True)
    contract_id = fields.Many2one("contact_center.contract", readonly=True, ondelete="restrict")
    content = fields.Binary(string="Data base", attachment=True, readonly=True, required=True)
    content_name = fields.Char(readonly=True)
    digest = fields.Char(string="SHA-256", required=True, readonly=True)
    wait_count = fields.Integer(string="Number of waits", readonly=True, aggregator=None)
    figure_count = fields.Integer(string="Number of figures", readonly=True, aggregator=None)
    received_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    received_at = fields.Datetime(readonly=True)
    kept_until = fields.Date(
        compute="_compute_kept_until", help="Empty while the contract has no last day."
    )

    _month_unique = models.Constraint("UNIQUE(month)", "This month was handed over already.")

    @api.depends("contract_id.end")
    def _compute_kept_until(self):
        for delivery in self:
            end = delivery.contract_id.end
            delivery.kept_until = end and fields.Date.add(end, years=KEPT_YEARS)

    @api.ondelete(at_uninstall=False)
    def _unlink_after_its_time(self):
        today = self.env["contact_center.indicator.source"]._today()
        if any(not one.kept_until or one.kept_until >= today for one in self):
            raise UserError(self.env._("The data bases are kept until a year after the contract."))

    def action_receive(self):
        """Confirm for the city that it has the data base."""
        self.ensure_one()
        self.check_access("read")
        decided = self.env["contact_center.indicator.occurrence"]
        if decided._party(self.env.user) != CITY:
            raise AccessError(self.env._("An inspector of the contract does this, for the city."))
        if self.received_at:
            raise UserError(self.env._("This data base was received already."))
        # sudo: contact_center.indicator.delivery - the buttons write what nobody writes by hand
        self.sudo().write({"received_by_id": self.env.uid, "received_at": fields.Datetime.now()})
        return True

    # ------------------------------------------------------------
    # Making it
    # ------------------------------------------------------------

    @api.model
    def _cron_deliver(self):
        """Make the data base of each whole month that is closed and has none yet."""
        # sudo: contact_center.indicator.* - scheduled action
        env = self.sudo().env
        closings = env["contact_center.indicator.seal"]
        made = set(env[self._name].search([]).mapped("month"))
        months = {
            first_of_month(day)
            for (day,) in closings._read_group([("revision", "=", 0)], ["day:day"])
        }
        for month in sorted(months - made):
            days = days_of_month(month.year, month.month)
            number = closings.search_count([("revision", "=", 0), ("day", "in", days)])
            if number == len(days):
                self._deliver(month)

    @api.model
    def _deliver(self, month):
        """Make the data base of a month and return it."""
        # sudo: contact_center.indicator.delivery - written by the system only
        deliveries = self.sudo()
        waits, wait_count = deliveries._waits_csv(month)
        figures, figure_count = deliveries._figures_csv(month)
        content = deliveries._zipped(month, {"numeros.csv": figures, "esperas.csv": waits})
        made = deliveries.create(
            {
                "month": month,
                "contract_id": self.env["contact_center.contract"]
                ._on(days_of_month(month.year, month.month)[-1])
                .id,
                "content": base64.b64encode(content),
                "content_name": f"indicadores-{month:%Y-%m}.zip",
                "digest": hashlib.sha256(content).hexdigest(),
                "wait_count": wait_count,
                "figure_count": figure_count,
            }
        )
        made._tell()
        return made

    def _tell(self):
        """Mail both parties that the month is closed, with the days that missed a daily goal."""
        self.ensure_one()
        digests = self.env["contact_center.indicator.digest"]
        spoken = self.with_context(lang=digests._language())
        _ = spoken.env._
        month = f"{self.month:%m/%Y}"
        missed = self._missed()
        items = Markup().join(
            Markup("<li>%s: %s</li>")
            % (code, ", ".join(f"{day:%d/%m}" for day in days) or _("no day missed its goal"))
            for code, days in missed.items()
        )
        digests._mail(
            _("%s is closed: days that missed a daily goal", month),
            Markup("<p>%s</p><ul>%s</ul><p>SHA-256: %s</p>")
            % (_("The data base of the month can be fetched."), items, self.digest),
        )

    def _missed(self):
        """Return the days of the month that missed a goal of each day: {code: days}."""
        months = self.env["contact_center.indicator.month"]
        goals = self.env["contact_center.indicator.goal"]._in_force(self.month)
        tallies = months._days(self.month)
        found = {}
        for code, indicator in INDICATORS.items():
            if indicator.fined == BY_DAY:
                days = months._counting(
                    tallies[code], None, "overall", [day for day, _queue in tallies[code]], {}
                )
                goal = goal_on(code, self.month, goals.get(code, ())).bands.goal
                found[code] = missed_days(indicator, days, goal)
        return found

    @api.model
    def _zipped(self, month, tables):
        """Return the closings of a month with their verifier and tables, as a ZIP file."""
        closings = self.env["contact_center.indicator.seal"]._export_month(month)
        with open(chain.__file__, encoding="utf-8") as file:
            verifier = file.read()
        texts = {
            f"fechamentos-{file}.json": closings,
            VERIFIER: verifier,
            "LEIA-ME.txt": READ_ME.format(
                month=f"{month:%m/%Y}", file=f"{month:%Y-%m}", verifier=VERIFIER
            ),
            **tables,
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in texts.items():
                file.writestr(name, text)
        return out.getvalue()

    @api.model
    def _figures_csv(self, month):
        """Return (table of the closed figures, number of lines)."""
        days = days_of_month(month.year, month.month)
        rows = self.env["contact_center.indicator.day"].search(
            [("is_frozen", "=", True), ("day", ">=", days[0]), ("day", "<=", days[-1])],
            order="day, id",
        )
        assignments = self.env["contact_center.assignment"]
        names = {}
        for day in days:
            agents = rows.filtered(lambda row, day=day: row.day == day).agent_id
            names[day] = assignments._names_for_the_city(agents, day)
        table = [
            (
                row.day.isoformat(),
                row.definition_id.code,
                row.queue_id.name or "",
                names[row.day].get(row.agent_id, ""),
                row.numerator,
                row.denominator,
                row.hash,
            )
            for row in rows
        ]
        titles = ("dia", "indicador", "fila", "matricula", "numerador", "denominador", "codigo")
        return _csv(titles, table), len(table)

    @api.model
    def _waits_csv(self, month):
        """Return (table of the waits that ended in a month, number of lines)."""
        source = self.env["contact_center.indicator.source"]
        queues = dict(
            self.env["contact_center.queue"]
            .with_context(active_test=False)
            .search([])
            .mapped(lambda queue: (queue.id, queue.name))
        )
        table = []
        for day in days_of_month(month.year, month.month):
            reading = self.env["contact_center.indicator.version"]._reading_on(day)
            rows = self.env.execute_query(source._waits_sql(source._period(day), reading))
            protocols = {
                one.id: one.protocol
                for one in self.env["contact_center.conversation"]
                .browse({row[0] for row in rows})
                .exists()
            }
            table += [_wait_row(day, row, queues, protocols) for row in rows]
            self.env.invalidate_all()
        titles = ("dia", "protocolo", "primeira_fila", "ultima_fila", "entrou", "saiu", "como")
        more = ("espera_s", "primeira_resposta_s", "canal")
        return _csv(titles + more, table), len(table)


def _wait_row(day, row, queues, protocols):
    """Return a line of the table of waits."""
    conversation, first, last, entered, left, how, _agent, _opened, replied, kind = row
    return (
        day.isoformat(),
        protocols.get(conversation, ""),
        queues.get(first, ""),
        queues.get(last, ""),
        _moment(entered),
        _moment(left),
        how,
        f"{(left - entered) / 1e6:.3f}",
        f"{(replied - entered) / 1e6:.3f}" if replied else "",
        kind,
    )


def _moment(us):
    """Return microseconds since 1970 as people and programs read a moment."""
    return fields.Datetime.to_string(from_us(us))


def _csv(titles, rows):
    """Return a table as Brazilian spreadsheets read it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()
