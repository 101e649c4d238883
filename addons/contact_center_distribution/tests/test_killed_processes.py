# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import subprocess
import sys
from pathlib import Path

from odoo.tests import get_db_name, tagged
from odoo.tools import config

from odoo.addons.contact_center.tests.real_cursors import RealCursorsCase

PROCESSES, EVENTS, KILLS, SEED = 4, 200, 3, 2026


@tagged("post_install", "-at_install")
class TestKilledProcesses(RealCursorsCase):
    """Real processes distribute and serve, and are killed with `kill -9` at any moment.

    The same with eight processes and 20,000 events: `./dev bench --only router-kill`.
    """

    def setUp(self):
        super().setUp()
        self.addCleanup(self._pull)

    def _pull(self):
        with self.transaction() as env:
            env["contact_center.queue"].search([("mode", "!=", "pull")]).mode = "pull"

    def test_no_contact_has_two_agents_or_is_lost_and_nobody_has_too_many(self):
        program = Path(__file__).with_name("killed_run.py")
        words = [program, config["config"], get_db_name(), PROCESSES, EVENTS, KILLS, SEED]
        done = subprocess.run(
            [sys.executable, *map(str, words)], capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr[-4000:])
        found = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual(found["wrong"], [])
        self.assertEqual(found["killed"], KILLS)
        # It shows nothing unless it happened; how often depends on who had the processor
        for kind in ("offered", "accepted", "closed"):
            self.assertGreater(found["kinds"].get(kind, 0), 0, found["kinds"])
