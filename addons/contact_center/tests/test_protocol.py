# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import threading
import time
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

from .common import ContactCenterCase

# A year of which no other test opens a conversation.
YEAR = 2097


def _at(year, month=6, day=1, hour=12):
    """Let Odoo's clock (UTC) stand at a time of `year`."""
    moment = datetime(year, month, day, hour)
    return patch.object(fields.Datetime, "now", staticmethod(lambda *args: moment))


@tagged("post_install", "-at_install")
class TestProtocol(ContactCenterCase):
    def test_a_year_starts_at_one(self):
        with _at(YEAR):
            protocols = [self._open().protocol for _count in range(3)]
        self.assertEqual(protocols, [f"{YEAR}00000{number}" for number in (1, 2, 3)])

    def test_the_year_is_that_of_brazil(self):
        with _at(YEAR, month=1, day=1, hour=2):
            self.assertTrue(self._open().protocol.startswith(str(YEAR - 1)))
        with _at(YEAR, month=1, day=1, hour=3):
            self.assertTrue(self._open().protocol.startswith(str(YEAR)))

    def test_goes_on_after_the_numbers_there_are(self):
        """A database whose sequence got lost, or that numbered in another way before."""
        for protocol in (f"{YEAR}000041", f"{YEAR - 1}000099", f"{YEAR}-trial"):
            self.Conversation.create(
                {
                    "protocol": protocol,
                    "partner_id": self.citizen.copy({"phone": False}).id,
                    "channel_kind": "internal",
                }
            )
        with _at(YEAR):
            self.assertEqual(self._open().protocol, f"{YEAR}000042")


@tagged("post_install", "-at_install")
class TestProtocolConcurrency(BaseCase):
    """The first conversations of a year, opened at the same moment by two transactions."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.partner_ids = (
                env["res.partner"].create([{"name": "Ana"}, {"name": "Bia"}, {"name": "Caio"}]).ids
            )
        self.addCleanup(self._remove)
        self.enterContext(_at(YEAR))

    def _remove(self):
        """Remove what was committed, in SQL: events and conversations are never deleted."""
        ours = "(SELECT id FROM contact_center_conversation WHERE partner_id = ANY(%s))"
        with self.registry.cursor() as cr:
            for query in (
                f"DELETE FROM contact_center_event WHERE conversation_id IN {ours}",
                f"DELETE FROM contact_center_stay WHERE conversation_id IN {ours}",
                f"""UPDATE contact_center_conversation SET discuss_channel_id = NULL
                    WHERE id IN {ours}""",
                f"DELETE FROM discuss_channel WHERE contact_center_conversation_id IN {ours}",
                "DELETE FROM contact_center_conversation WHERE partner_id = ANY(%s)",
                "DELETE FROM res_partner WHERE id = ANY(%s)",
            ):
                cr.execute(query, [self.partner_ids])
            cr.execute(f"DROP SEQUENCE IF EXISTS contact_center_protocol_{YEAR}")

    def _open(self, env, partner_id):
        partner = env["res.partner"].browse(partner_id)
        return env["contact_center.conversation"]._open(partner, "internal").protocol

    def _open_second(self, env, result):
        """In a thread: open the second conversation, keep its protocol or what went wrong."""
        try:
            result.append(self._open(env, self.partner_ids[1]))
            env.cr.commit()
        except Exception as error:  # noqa: BLE001 - shown by the test
            result.append(error)

    def _wait_until_blocked(self, pid):
        """Return when the connection `pid` waits for a lock of another one."""
        with self.registry.cursor() as cr:
            for _try in range(200):
                cr.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
                if cr.fetchone()[0]:
                    return
                time.sleep(0.05)
        self.fail("the second transaction does not wait for the first")

    @contextmanager
    def _two(self):
        """Open the environments of two transactions."""
        with self.registry.cursor() as first, self.registry.cursor() as second:
            yield tuple(api.Environment(cr, SUPERUSER_ID, {}) for cr in (first, second))

    def _race(self, end_first):
        """Open two at once; `end_first(cr)` ends the first one while the second waits."""
        result = []
        with self._two() as (first, second):
            # The second one's snapshot is older than whatever the first one commits.
            second.cr.execute("SELECT pg_backend_pid()")
            pid = second.cr.fetchone()[0]
            protocol = self._open(first, self.partner_ids[0])
            thread = threading.Thread(target=self._open_second, args=(second, result))
            thread.start()
            try:
                self._wait_until_blocked(pid)
            finally:
                end_first(first.cr)
                thread.join(30)
            second.cr.rollback()
        return protocol, result[0]

    def test_both_get_a_number(self):
        protocols = self._race(lambda cr: cr.commit())  # pylint: disable=invalid-commit
        self.assertEqual(protocols, (f"{YEAR}000001", f"{YEAR}000002"))

    def test_the_first_one_fails(self):
        protocols = self._race(lambda cr: cr.rollback())
        self.assertEqual(protocols, (f"{YEAR}000001", f"{YEAR}000001"))

    def test_nobody_waits_once_the_year_has_begun(self):
        with self._two() as (first, second):
            self._open(first, self.partner_ids[0])
            first.cr.commit()
            self._open(first, self.partner_ids[2])
            second.cr.execute("SET LOCAL lock_timeout = '2s'")
            self.assertEqual(self._open(second, self.partner_ids[1]), f"{YEAR}000003")
            first.cr.rollback()
            second.cr.rollback()
