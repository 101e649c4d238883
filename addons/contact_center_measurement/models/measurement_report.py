# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.contact_center_indicator.measure import BANDS, days_of_month

from .. import measurement as core
from .price import decimal_of
from .terms import SWITCHED

# What a reader of the paper has to know of the terms, in Portuguese: the contract's language
PART_WORDS = {
    "break_regulated": "pausas regulamentares",
    "break_snack": "lanche",
    "break_other": "outras pausas",
    "training": "treinamento",
    "away": "ausência por escolha própria",
    "not_answering": "não atendimento de ofertas",
    "lost": "navegador perdido",
}
BASIS_WORDS = {
    core.MONTH: "por mês: média dos dias do mês",
    core.DAY: "por dia: soma dos dias do mês",
}


class Measurement(models.Model):
    """The supplier performance report, for the invoice (TR 20.15.1-3)."""

    _inherit = "contact_center.measurement"

    def _performance_now(self):
        """Return indicators and occurrences of the month, as JSON can hold them.

        :return: {"indicators": lines of a statement, "occurrences": [{"day", "what", "state",
            "late"}]}; both in Portuguese, as the contract is
        """
        self.ensure_one()
        reading = self.env["contact_center.indicator.version"]._reading_on(self.start)
        statements = self.env["contact_center.indicator.statement"]
        statement = statements.new({"start": self.start, "contract_id": self.contract_id.id})
        _fines, lines = statement._judged(reading)
        shown = ("code", "words", "goal", "value", "band", "why")
        return {
            "indicators": [
                {**{key: line[key] for key in shown}, "result": self._result_words(line)}
                for line in lines
            ],
            "occurrences": self._occurrences_now(),
        }

    def _result_words(self, line):
        """Return in Portuguese whether an indicator met its goal."""
        if not line["band"]:
            return "sem avaliação"
        return "cumprido" if line["band"] == "met" else f"não cumprido ({BANDS[line['band']]})"

    def _occurrences_now(self):
        """Return the month's occurrences that were asked for or confirmed."""
        # sudo: contact_center.indicator.occurrence - of a month that the user proposes
        found = (
            self.env["contact_center.indicator.occurrence"]
            .sudo()
            .with_context(lang="pt_BR")
            .search(
                [
                    ("start", "in", days_of_month(self.start.year, self.start.month)),
                    ("state", "in", ("requested", "approved")),
                ],
                order="start, id",
            )
        )
        kinds = dict(found._fields["kind"]._description_selection(found.env))
        return [
            {
                "day": one.start.strftime("%d/%m/%Y"),
                "what": f"{kinds[one.kind]}: {one.description}",
                "state": "confirmada" if one.state == "approved" else "em análise",
                "late": one.is_late,
            }
            for one in found
        ]

    def _terms_words(self):
        """Return in Portuguese by which terms this was measured: [(question, answer)]."""
        terms = core.Terms(
            frozenset((self.terms or {}).get("left_out", ())),
            (self.terms or {}).get("basis", core.MONTH),
        )
        counts = [PART_WORDS[part] for part in SWITCHED if terms.counts(part)]
        left_out = [PART_WORDS[part] for part in SWITCHED if not terms.counts(part)]
        return [
            ("Um posto é pago", BASIS_WORDS[terms.basis]),
            ("Contam no tempo logado, além do trabalho", ", ".join(counts) or "nada mais"),
            ("Não contam", ", ".join(left_out) or "nada"),
            ("Fins de semana e feriados", "na proporção do que foi logado em cada dia"),
        ]

    def _shown(self, value, places):
        """Return a figure of this measurement as Brazilians write it."""
        return core.shown(decimal_of(value, places), places)

    def action_add_invoice(self):
        """Open the dialog for the invoice that this release authorises."""
        self.ensure_one()
        self.check_access("read")
        action = self.contract_id.action_add_invoice()
        context = {
            **action["context"],
            "default_month": self.start,
            "default_amount": self.total,
        }
        return {**action, "context": context}


class Statement(models.Model):
    """Prints on the statement of a month what was measured and released."""

    _inherit = "contact_center.indicator.statement"

    def _measured(self):
        released = self.env["contact_center.measurement"]._released(self.start, self.contract_id)
        return super()._measured() + [
            {
                "code": line.item,
                "words": line.words,
                "value": f"{released._shown(line.quantity, core.PLACES)} {line.unit}",
                "amount": line.amount,
                "why": line.note,
            }
            for line in released.line_ids
        ]
