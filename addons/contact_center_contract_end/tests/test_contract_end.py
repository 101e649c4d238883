# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import csv
import hashlib
import io
import shutil
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center_cube.tests.common import DAY, MORNING, CubeCase


@tagged("post_install", "-at_install")
class TestContractEnd(CubeCase):
    """What the city receives, and the accesses that are to go."""

    def _end(self, **values):
        ends = self.env["contact_center.contract.end"].with_user(self.administrator)
        return ends.create({"purpose": "Fim do contrato 1/2026", "with_media": False, **values})

    def _run_all(self, end):
        """Run the jobs that it waits for, then its own."""
        end.refresh_id.sudo()._run()
        export = end.export_id.sudo()
        self.addCleanup(shutil.rmtree, export._folder(), ignore_errors=True)
        while export.state == "running":
            export._run()
        end.sudo()._run()

    def _rows(self, end, code):
        part = end.part_ids.filtered(lambda one: one.code == code)
        text = base64.b64decode(part.content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    def test_everything_with_checksums_and_a_receipt(self):
        self._contact(waited=15, served=60, vote="good")
        self._contact(waited=45, how="abandoned")
        self._contact(at=MORNING - timedelta(days=35), waited=5)
        end = self._end(ends_on=date(2026, 11, 20))
        end.action_start()
        self.assertEqual(end.state, "running")
        end.sudo()._run()
        self.assertTrue(end.step)
        self._run_all(end)
        self.assertEqual((end.state, end.error, end.progress), ("done", False, 100))
        codes = end.part_ids.mapped("code")
        self.assertEqual(codes, ["volume-1", "productivity", "dictionary", "accesses"])
        for part in end.part_ids[1:]:
            content = base64.b64decode(part.content)
            self.assertEqual(hashlib.sha256(content).hexdigest(), part.sha256)
            self.assertEqual(len(content), part.size)
        volume = end.export_id.volume_ids
        self.assertEqual(end.part_ids[0].sha256, volume.sha256)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("contact_center_contract_end.receipt_document", end.ids)[0]
            .decode()
        )
        for words in (volume.sha256, "Termo de entrega", "Fim do contrato 1/2026", "20/11/2026"):
            self.assertIn(words, html)

    def test_twelve_months_by_channel(self):
        self._contact(waited=15, served=60, vote="good")
        self._contact(waited=45, how="abandoned")
        self._contact(at=MORNING - timedelta(days=35), waited=5, served=30)
        self._contact(at=MORNING - timedelta(days=500))
        end = self._end(ends_on=DAY)
        end.action_start()
        self._run_all(end)
        rows = {row["mes"]: row for row in self._rows(end, "productivity")}
        self.assertEqual(len(rows), 13)
        november = rows["2026-11"]
        self.assertEqual(
            [
                november[name]
                for name in (
                    *("atendimentos", "recebidos_nas_filas", "atendidos", "abandonados"),
                    *("abandono_percentual", "tme_segundos", "tma_segundos", "notas"),
                    "satisfeitos_percentual",
                )
            ],
            ["2", "2", "1", "1", "50,0", "30,0", "60,0", "1", "100,0"],
        )
        self.assertEqual(rows["2026-10"]["tma_segundos"], "30,0")
        # a month without contacts is there, with nothing in it
        self.assertEqual(rows["2026-03"]["atendimentos"], "0")
        self.assertNotIn("2025-07", rows)

    def test_accesses_are_gone_when_the_system_sees_it(self):
        self.agent.partner_id.vat = "529.982.247-25"
        reader, _password = self.env["contact_center.cube.reader"]._make("painel", "Painel")
        end = self._end()
        end.action_start()
        self._run_all(end)
        rows = {row["acesso"]: row for row in self._rows(end, "accesses")}
        self.assertIn("529.982.247-25", rows[self.agent.login]["detalhe"])
        self.assertIn("olap_painel", rows)
        before = end.open_access_count
        self.agent.active = False
        reader.with_user(self.administrator).action_remove()
        end.action_look_again()
        self.assertEqual(end.open_access_count, before - 2)
        gone = end.access_ids.filtered("removed_at").mapped("name")
        self.assertEqual(set(gone), {self.agent.login, "olap_painel"})
        # and one that comes back is there again
        self.agent.active = True
        end.action_look_again()
        self.assertEqual(end.open_access_count, before - 1)

    def test_a_part_that_fails_is_said_and_goes_on(self):
        self._contact()
        end = self._end()
        end.action_start()
        self.addCleanup(shutil.rmtree, end.export_id._folder(), ignore_errors=True)
        end.export_id.sudo().write({"state": "failed", "error": "disco cheio"})
        self.patch(type(end), "_rollback", lambda end: None)
        with mute_logger("odoo.addons.contact_center_contract_end.models.contract_end_run"):
            end.sudo()._run()
        self.assertEqual(end.state, "failed")
        self.assertIn("disco cheio", end.error)
        end.action_start()
        self._run_all(end)
        self.assertEqual(end.state, "done")

    def test_only_administrators_and_nothing_by_hand(self):
        end = self._end()
        for user in (self.manager, self.supervisor):
            with self.assertRaises(AccessError):
                end.with_user(user).action_start()
        with self.assertRaises(UserError):
            end.write({"state": "done"})
        with self.assertRaises(UserError):
            end.action_receipt()
        end.action_start()
        self.addCleanup(shutil.rmtree, end.export_id._folder(), ignore_errors=True)
        with self.assertRaises(UserError):
            end.action_start()
        with self.assertRaises(UserError):
            end.unlink()
        with self.assertRaises(UserError):
            end.write({"purpose": "Outra"})
