# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class MetricsMixin:
    """For `ContactCenterCase`: figures as monitoring reads them."""

    def figures(self, source=None):
        """Return {name: {labels: value}} of all sources, or of one."""
        self.env.flush_all()
        metrics = self.env["contact_center.metrics"]
        gauges = metrics._sources()[source]() if source else metrics._measure()
        return {gauge.name: dict(gauge.samples) for gauge in gauges}

    def check_statements(self, count, *sources):
        """Let these sources ask the database so many times, however much there is."""
        self.env.flush_all()
        found = self.env["contact_center.metrics"]._sources()
        with self.assertQueryCount(count):
            for source in sources:
                found[source]()
