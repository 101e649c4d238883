# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command

from odoo.addons.contact_center.tests.common import ContactCenterCase

CITY = "contact_center_supervision.group_city_inside"
CITIZENS = "contact_center_supervision.group_city_citizens"


class CityCase(ContactCenterCase):
    """A manager of the city who sees everything, and one who sees figures only.

    Ana works under number 1001; the others have no assignment.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city = cls._user("cc_city", "Cíntia Cidade", CITY)
        cls.city.group_ids += cls.env.ref(CITIZENS)
        cls.figures_only = cls._user("cc_figures", "Fábio Figuras", CITY)
        operation = cls.env["contact_center.operation"].create({"name": "Central de teste"})
        cls.assignment = cls.env["contact_center.assignment"].create(
            {
                "user_id": cls.agent.id,
                "operation_id": operation.id,
                "supervisor_id": cls.supervisor.id,
                "registration": "1001",
                "date_from": "2026-01-01",
            }
        )

    def _limit(self, user, queues):
        user.contact_center_city_queue_ids = [Command.set(queues.ids)]

    def _team(self, user):
        return self.env["contact_center.team"].with_user(user).get_team()

    def _agent_row(self, user, agent):
        (row,) = (one for one in self._team(user)["agents"] if one["id"] == agent.id)
        return row

    def _queue_row(self, user, queue):
        (row,) = (one for one in self._team(user)["queues"] if one["id"] == queue.id)
        return row
