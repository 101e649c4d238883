# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.queue_job.tests.common import trap_jobs

OFFICER = "contact_center_privacy.group_privacy_officer"


class PrivacyMixin:
    """Asking for the data of `self.citizen`, erasing it, looking for what is left.

    No notice is published unless a test publishes one.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["contact_center.privacy.notice"].search(
            [("state", "=", "published")]
        ).action_withdraw()
        cls.officer = cls._user("cc_officer", "Olga Encarregada", OFFICER)

    def _request(self, kind="erase", **values):
        """Return an approved request of the citizen."""
        request = (
            self.env["contact_center.privacy.request"]
            .with_user(self.officer)
            .create(
                {
                    "kind": kind,
                    "requester": self.citizen.name,
                    "requester_contact": self.citizen.email,
                    "partner_ids": [(6, 0, self.citizen.ids)],
                    "proof": "document",
                    "decision_reason": "Pedido do titular, sem impedimento",
                }
                | values
            )
        )
        request.action_approve()
        return request

    def _erase(self, request):
        """Confirm the erasure and run its job."""
        wizard = self.env["contact_center.privacy.erase"].with_user(self.officer)
        wizard = wizard.create({"request_id": request.id, "typed": request.name.lower()})
        with trap_jobs() as jobs:
            wizard.action_confirm()
            jobs.perform_enqueued_jobs()

    def _everywhere(self, *strings):
        """Tables and columns of the whole database in which one of `strings` stands."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type IN"
            " ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'tsvector')"
        )
        places = []
        for table, column in cr.fetchall():
            cr.execute(
                f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE ANY(%s) LIMIT 1',
                [[f"%{string}%" for string in strings]],
            )
            if cr.fetchone():
                places.append(f"{table}.{column}")
        return places
