# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, time, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core.microseconds import SECOND, from_us, to_us

from .common import DAY, MORNING, CubeCase


@tagged("post_install", "-at_install")
class TestCube(CubeCase):
    """What the cubes hold, and which days are counted again."""

    def _sums(self):
        """Return the whole content of all cubes, as the database has it."""
        cubes = self.env["contact_center.cube"]._cubes()
        return {
            cube.name: sorted(map(repr, self._query(f"SELECT * FROM olap.{cube.table}")))
            for cube in cubes
        }

    # ------------------------------------------------------------
    # What is counted
    # ------------------------------------------------------------

    def test_waits_in_words_and_numbers(self):
        self._contact(waited=15)
        self._contact(waited=15)
        self._contact(waited=45, how="abandoned", at=MORNING + timedelta(minutes=40))
        self._refresh()
        rows = self._query(
            "SELECT dia, meia_hora, fila, como_saiu, regional, ate_segundos, esperas, atendidas, "
            "abandonadas, dentro_da_meta, segundos_espera FROM olap.esperas WHERE fila = %s "
            "ORDER BY meia_hora",
            self.queue.name,
        )
        goal = 2 if self.queue.service_level_seconds >= 15 else 0
        self.assertEqual(len(rows), 2)
        first, second = rows
        self.assertEqual(first[:3], (DAY, time(9), self.queue.name))
        self.assertEqual(first[4:], ("Centro-Sul", 20, 2, 2, 0, goal, 30))
        self.assertEqual(second[1], time(9, 30))
        self.assertEqual(second[5:], (60, 1, 0, 1, 0, 45))

    def test_a_wait_over_two_queues_is_one(self):
        conversation = self._contact(waited=10, how="overflowed")
        at = to_us(MORNING) + 11 * SECOND
        self._stay(conversation, at, at + 9 * SECOND, "accepted", self.other_queue)
        self._refresh()
        rows = self._query(
            "SELECT fila, fila_inicial, esperas, segundos_espera FROM olap.esperas WHERE dia = %s",
            DAY,
        )
        self.assertEqual(rows, [(self.other_queue.name, self.queue.name, 1, 20)])

    def test_contacts_services_surveys_and_citizens(self):
        self._contact(served=90, vote="good")
        self._refresh()
        ((subject, region, count, registered, ended),) = self._query(
            "SELECT assunto, regional, atendimentos, tabulados, encerrados "
            "FROM olap.atendimentos WHERE dia = %s",
            DAY,
        )
        self.assertEqual(
            (subject, region, count, registered, ended),
            (self.disposition.complete_name, "Centro-Sul", 1, 1, 1),
        )
        self.assertEqual(
            self._query(
                "SELECT atendente, servicos, segundos_servico, conversas, segundos_conversa "
                "FROM olap.servicos WHERE dia = %s",
                DAY,
            ),
            [(f"Atendente {self.agent.id}", 1, 90, 1, 90)],
        )
        self.assertEqual(
            self._query("SELECT pesquisas, satisfeitos FROM olap.pesquisas WHERE dia = %s", DAY),
            [(1, 1)],
        )
        self.assertEqual(
            self._query("SELECT id_cidadao, atendimentos FROM olap.retornos WHERE dia = %s", DAY),
            [(self.citizen.id, 1)],
        )
        self.assertEqual(
            self._query(
                "SELECT nome, bairro FROM olap.cidadaos WHERE id_cidadao = %s", self.citizen.id
            ),
            [("Maria da Silva", "Savassi")],
        )

    def test_agents_are_their_numbers(self):
        self.env["contact_center.assignment"].create(
            {
                "user_id": self.agent.id,
                "operation_id": self.env["contact_center.operation"].create({"name": "156"}).id,
                "supervisor_id": self.supervisor.id,
                "registration": "BH-0042",
                "date_from": DAY,
                "date_until": DAY,
            }
        )
        self._contact()
        states = self.env["contact_center.agent.state"].sudo()
        night = to_us(MORNING) + 14 * 3600 * SECOND  # 23:00 in the city
        for start, end, kind in (
            (night, night + 2 * 3600 * SECOND, "available"),
            (night + 2 * 3600 * SECOND, night + 3 * 3600 * SECOND, "logged_out"),
        ):
            states.create(
                {
                    "user_id": self.agent.id,
                    "kind": kind,
                    "start_us": start,
                    "start": from_us(start),
                    "end": from_us(end),
                    "end_us": end,
                }
            )
        self._refresh()
        rows = self._query(
            "SELECT dia, atendente, intervalos, segundos FROM olap.estados "
            "WHERE dia BETWEEN %s AND %s ORDER BY dia",
            DAY,
            DAY + timedelta(days=1),
        )
        self.assertEqual(
            rows,
            [
                (DAY, "BH-0042", 1, 3600),
                (DAY + timedelta(days=1), f"Atendente {self.agent.id}", 1, 3600),
            ],
        )
        self.assertIn(("BH-0042",), self._query("SELECT DISTINCT atendente FROM olap.servicos"))
        everything = repr(self._sums())
        self.assertNotIn(self.agent.name, everything)

    def test_a_day_begins_at_midnight_of_the_city(self):
        self._contact(at=MORNING.replace(hour=2, minute=59), waited=5)
        self._refresh()
        self.assertEqual(
            self._query("SELECT dia, meia_hora FROM olap.esperas"),
            [(DAY - timedelta(days=1), time(23, 30))],
        )

    # ------------------------------------------------------------
    # Which days
    # ------------------------------------------------------------

    def test_twice_is_the_same(self):
        self._contact(vote="poor")
        self._contact(how="abandoned")
        self._refresh()
        first = self._sums()
        self._refresh()
        self.assertEqual(self._sums(), first)
        self._refresh("everything")
        self.assertEqual(self._sums(), first)
        self.assertTrue(first["esperas"])

    def _as_if_long_ago(self):
        """Let all that was written so far be older than the overlap."""
        self.env.flush_all()
        for table in ("conversation", "stay", "agent_state", "assignment", "event"):
            self.env.cr.execute(
                f"UPDATE contact_center_{table} SET write_date = write_date - interval '3 days', "
                "create_date = create_date - interval '3 days'"
            )

    def test_only_days_that_changed_are_counted(self):
        self._contact(at=MORNING - timedelta(days=5))
        self._contact()
        self._as_if_long_ago()
        run = self._refresh()
        self.assertEqual(run.day_count, 2)
        self.assertEqual(self._refresh().day_count, 0)
        # a late event brings its own days, and no others
        self.env.cr.execute("UPDATE olap.cubo_esperas SET esperas = 77 WHERE dia <> %s", [DAY])
        late = self._contact(at=MORNING + timedelta(hours=1))
        run = self._refresh()
        self.assertEqual(run.day_count, 1)
        counts = dict(
            self._query("SELECT dia, sum(esperas)::int FROM olap.cubo_esperas GROUP BY dia")
        )
        self.assertEqual(counts, {DAY - timedelta(days=5): 77, DAY: 2})
        # so does a change without an event
        self._as_if_long_ago()
        self._refresh()
        late.sudo().disposition_id = False
        self.assertEqual(self._refresh().day_count, 1)
        self.assertEqual(
            self._query("SELECT sum(tabulados)::int FROM olap.atendimentos WHERE dia = %s", DAY),
            [(1,)],
        )

    def test_merged_citizens_are_counted_together(self):
        other = self.citizen.copy({"phone": False})
        conversation = self._contact()
        self.env.cr.execute(
            "UPDATE contact_center_conversation SET partner_id = %s WHERE id = %s",
            [other.id, conversation.id],
        )
        self._refresh()
        self._as_if_long_ago()
        self._refresh()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            [self.citizen.id, other.id], self.citizen, extra_checks=False
        )
        self._refresh()
        self.assertEqual(self._query("SELECT id_cidadao FROM olap.retornos"), [(self.citizen.id,)])

    def test_a_changed_definition_makes_the_tables_anew(self):
        self._contact()
        self._refresh()
        self.env.cr.execute("DROP TABLE olap.cubo_esperas CASCADE")
        self.env["ir.config_parameter"].set_param("contact_center_cube.definitions", "other")
        self._refresh()
        self.assertEqual(self._query("SELECT sum(esperas)::int FROM olap.esperas"), [(1,)])

    def test_tables_made_anew_by_an_update_are_filled_by_the_next_run(self):
        self._contact()
        self._refresh()
        self._as_if_long_ago()
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("contact_center_cube.definitions", "other")
        later = fields.Datetime.now() + timedelta(minutes=5)
        with freeze_time(later):
            self.env["contact_center.cube.schema"]._ensure()
        self.assertEqual(self._query("SELECT count(*)::int FROM olap.esperas"), [(0,)])
        with freeze_time(later + timedelta(minutes=5)):
            # a run that fails half-way does not count
            failed = self.Refresh._begin("daily")
            failed.write({"state": "failed", "planned_at": fields.Datetime.now()})
            self._refresh("daily")
            self.assertEqual(self._query("SELECT sum(esperas)::int FROM olap.esperas"), [(1,)])
            self.assertEqual(self._refresh("daily").day_count, 0)

    def test_a_stopped_run_goes_on(self):
        self._contact()
        self._contact(at=MORNING - timedelta(days=1))
        run = self.Refresh._begin("demand")
        schema = type(self.env["contact_center.cube.schema"])
        count, calls = schema._count_day, []

        def fail_second(model, bounds):
            calls.append(bounds["day"])
            if len(calls) == 2:
                raise ValueError("disk full")
            return count(model, bounds)

        rollback = patch.object(type(run), "_rollback", lambda run: None)
        with (
            patch.object(schema, "_count_day", fail_second),
            rollback,
            mute_logger("odoo.addons.contact_center_cube.models.cube_refresh"),
        ):
            run._run()
        self.assertEqual((run.state, run.done_count, run.error), ("failed", 1, "disk full"))
        self.assertLess(run.progress, 100)
        run.with_user(self.manager).action_again()
        run._run()
        self.assertEqual((run.state, run.done_count, run.progress), ("done", 2, 100))

    def test_one_run_at_a_time(self):
        run = self.Refresh._begin("demand")
        self.assertEqual(self.Refresh._begin("daily"), run)
        self.Refresh._cron_refresh()
        self.assertEqual(self.Refresh.search_count([("state", "=", "running")]), 1)

    # ------------------------------------------------------------
    # What is said of them
    # ------------------------------------------------------------

    def test_everything_has_its_comment_and_stands_in_the_dictionary(self):
        tables = self.env["contact_center.cube.dictionary"]._tables()
        names = {table["name"] for table in tables}
        self.assertLessEqual({"esperas", "cubo_esperas", "dim_fila", "cidadaos"}, names)
        for table in tables:
            self.assertTrue(table["comment"], table["name"])
            for column in table["columns"]:
                self.assertTrue(column["comment"], f"{table['name']}.{column['name']}")
        ((count,),) = self._query(
            "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'olap'"
        )
        self.assertEqual(count, sum(len(table["columns"]) for table in tables))
        listed = self.env["contact_center.cube.dictionary"]._csv().decode("utf-8-sig")
        self.assertIn("esperas;", listed)
        self.assertIn("abandoned = ", listed)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "contact_center_cube.dictionary_document",
            self.env["contact_center.cube"].search([]).ids,
        )[0]
        self.assertIn(b"dentro_da_meta", html)

    def test_the_list_tells_how_far_they_reach(self):
        self._contact()
        self._refresh()
        cube = self.env["contact_center.cube"].search([("code", "=", "esperas")])
        self.assertEqual((cube.row_count, cube.day_from, cube.day_until), (1, DAY, DAY))
        self.assertTrue(cube.refreshed_at)

    def test_calendar(self):
        self._contact()
        self._refresh()
        self.assertIn(
            (DAY, 2026, 11, 4),
            self._query("SELECT dia, ano, mes, dia_da_semana FROM olap.dim_dia"),
        )

    # ------------------------------------------------------------
    # Whether all is well
    # ------------------------------------------------------------

    def _levels(self):
        results = self.env["contact_center.health"]._check_cubes()
        return [result["level"] for result in results]

    def test_the_health_page_tells_what_is_wrong(self):
        self.assertEqual(self._levels(), ["ok"])
        run = self._refresh()
        self.assertEqual(self._levels(), ["ok"])
        run.started_at -= timedelta(days=3)
        self.assertEqual(self._levels(), ["warning"])
        self.Refresh.sudo().create(
            {"reason": "daily", "state": "failed", "requested_by_id": self.env.uid}
        )
        copies = self.env["contact_center.cube.copy"].sudo()
        copies.create({"state": "failed"})
        self.assertEqual(self._levels(), ["warning", "warning"])
        copies.create({"state": "done"})
        self.Refresh.sudo().create(
            {
                "reason": "daily",
                "state": "done",
                "requested_by_id": self.env.uid,
                "planned_at": fields.Datetime.now(),
            }
        )
        self.assertEqual(self._levels(), ["ok"])

    # ------------------------------------------------------------
    # Who may ask
    # ------------------------------------------------------------

    def test_managers_and_administrators_ask_for_it(self):
        for user in (self.agent, self.supervisor, self.employee):
            cubes = self.env["contact_center.cube"].with_user(user)
            for method in ("action_refresh", "action_recalculate", "action_dictionary"):
                with self.assertRaises(AccessError):
                    getattr(cubes, method)()
        for user in (self.manager, self.administrator):
            action = self.env["contact_center.cube"].with_user(user).action_refresh()
            self.assertEqual(action["res_model"], "contact_center.cube.refresh")

    def test_uninstalling_takes_the_schema_away(self):
        self._refresh()
        self.env["contact_center.cube.schema"]._drop()
        self.assertEqual(self._query("SELECT to_regnamespace('olap')"), [(None,)])
        # and it can be made again
        self._contact()
        self._refresh()
        self.assertEqual(self._query("SELECT max(dia) FROM olap.esperas"), [(date(2026, 11, 19),)])
