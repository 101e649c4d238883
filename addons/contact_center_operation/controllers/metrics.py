# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hmac
import os

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from odoo import SUPERUSER_ID, http
from odoo.http import request

TOKEN_PARAMETER = "contact_center.metrics_token"
TOKEN_VARIABLE = "CONTACT_CENTER_METRICS_TOKEN"
# Milliseconds for one statement: figures that take longer are missed rather than waited for.
STATEMENT_TIMEOUT = 2000


class Metrics(http.Controller):
    """Figures for Prometheus, in its text format."""

    @http.route(
        "/contact_center/metrics",
        type="http",
        auth="none",
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def metrics(self, **_unused):
        """Answer who has the token (`Authorization: Bearer ...`) with all figures.

        The token is that of the environment (`CONTACT_CENTER_METRICS_TOKEN`), else of the system
        parameter `contact_center.metrics_token`. Where there is neither, the address is not there.
        """
        request.update_env(user=SUPERUSER_ID, context={})
        wanted = self._token()
        if not wanted:
            raise request.not_found()
        scheme, _space, given = request.httprequest.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode(), wanted.encode()):
            return request.make_response(
                "", status=401, headers=[("WWW-Authenticate", 'Bearer realm="metrics"')]
            )
        self._limit_transaction(request.env.cr)
        return request.make_response(
            exposition(request.env["contact_center.metrics"]._measure()),
            headers=[("Content-Type", CONTENT_TYPE_PLAIN_0_0_4), ("Cache-Control", "no-store")],
        )

    @staticmethod
    def _token():
        """Return the token that is wanted; "" where none is set."""
        parameters = request.env["ir.config_parameter"]
        return os.environ.get(TOKEN_VARIABLE) or parameters.get_param(TOKEN_PARAMETER) or ""

    @staticmethod
    def _limit_transaction(cr):
        """Let nothing be written, and nothing take long."""
        if not cr.readonly:
            # Odoo's cursor is so only where there is a replica.
            cr.execute("SET TRANSACTION READ ONLY")
        cr.execute("SELECT set_config('statement_timeout', %s, true)", [str(STATEMENT_TIMEOUT)])


class _Given:
    """A collector of figures that were read already."""

    def __init__(self, gauges):
        self.gauges = gauges

    def collect(self):
        """Yield each figure as prometheus_client knows it."""
        for gauge in self.gauges:
            family = GaugeMetricFamily(gauge.name, gauge.text, labels=gauge.labels)
            for labels, value in gauge.samples:
                family.add_metric(labels, value)
            yield family


def exposition(gauges):
    """Return `core.metrics.Gauge`s in Prometheus' text format, as bytes.

    Those of `contact_center`.
    """
    registry = CollectorRegistry()
    registry.register(_Given(gauges))
    return generate_latest(registry)
