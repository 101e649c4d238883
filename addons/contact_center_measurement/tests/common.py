# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime

from freezegun import freeze_time

from odoo.addons.contact_center.core.microseconds import to_us
from odoo.addons.contact_center_indicator.tests.common import IndicatorMixin

# After the end of November, 10 o'clock in São Paulo (UTC-3)
LATER = datetime(2026, 12, 2, 13)
DAY = date(2026, 11, 19)


class MeasurementMixin(IndicatorMixin):
    """Two parties, a contract, prices, and agents' states as the ledger has them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(LATER)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.inspector = cls._inspector()
        cls.Day = cls.env["contact_center.measurement.day"].sudo()
        cls.operation = cls.env["contact_center.operation"].create({"name": "156"})
        cls._assign(cls.agent, "4711")
        cls._assign(cls.colleague, "4712")

    @classmethod
    def _assign(cls, user, registration, operation=None):
        return cls.env["contact_center.assignment"].create(
            {
                "user_id": user.id,
                "operation_id": (operation or cls.operation).id,
                "supervisor_id": cls.supervisor.id,
                "registration": registration,
                "date_from": "2026-01-01",
            }
        )

    @classmethod
    def _price(cls, item, price, start="2026-11-01", **values):
        return cls._approved(
            "contact_center.measurement.price",
            cls.inspector,
            item=item,
            price=price,
            start=start,
            document="Contrato 1",
            **values,
        )

    def _state(self, user, kind, start, end, **values):
        """Write a state of the ledger, from and until a moment in UTC."""
        return (
            self.env["contact_center.agent.state"]
            .sudo()
            .create(
                {
                    "user_id": user.id,
                    "kind": kind,
                    "set_by": "agent",
                    "start_us": to_us(start),
                    "end": end,
                    "end_us": to_us(end),
                    **values,
                }
            )
        )

    def _shift(self, user, day, first=9, hours=6):
        """Log `user` in for some hours from an hour of the city's day on."""
        start = datetime(day.year, day.month, day.day, first + 3)
        return self._state(user, "available", start, start.replace(hour=first + 3 + hours))

    def _measure(self, **values):
        """Return November's measurement, proposed."""
        made = (
            self.env["contact_center.measurement"]
            .with_user(self.administrator)
            .create({"start": "2026-11-01", "document": "Medição 11", **values})
        )
        made.action_request()
        return made

    def _line(self, measurement, item):
        return measurement.line_ids.filtered(lambda line: line.item == item)
