# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rights on the models of an addon, as a table that is checked for completeness.

An addon's test mixes `AccessTable` into `ContactCenterCase` and gives a row to each of its models.
A model without a row fails, and so does a row without a model.
"""

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests.common import new_test_user

ROLES = ("technician", "supervisor", "administrator", "manager", "employee", "portal", "public")
OPERATIONS = ("read", "write", "create", "unlink")


def row(technician="", supervisor=None, administrator=None, manager=None, employee=""):
    """Return the rights of each role, in letters: r(ead), w(rite), c(reate), u(nlink).

    A role above another may do as much as that one where nothing is said; a manager reads what
    a technician reads. People from outside (portal, public) never get anything.
    """
    supervisor = technician if supervisor is None else supervisor
    administrator = supervisor if administrator is None else administrator
    manager = ("r" if "r" in technician else "") if manager is None else manager
    granted = (technician, supervisor, administrator, manager, employee, "", "")
    return dict(zip(ROLES, granted, strict=True))


READ_ONLY = row("r")
CONFIGURATION = row("r", administrator="rwcu")
ADMINISTRATION = row(administrator="rwcu")
DIALOG = row("rwcu", manager="")


class AccessTable:
    """Mixin for `ContactCenterCase`: the `addon`'s technical name, its table `access`.

    `machine_rows` names the models that no person writes, administrators included.
    """

    allow_inherited_tests_method = True
    addon = ""
    access = {}
    machine_rows = frozenset()
    # Models of a conversation or a citizen that show nothing of them.
    shows_nobody = frozenset()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            "technician": cls.agent,
            "supervisor": cls.supervisor,
            "administrator": cls.administrator,
            "manager": cls.manager,
            "employee": cls.employee,
            "portal": new_test_user(cls.env, "cc_table_portal", "base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }

    def _own_models(self):
        """Names of the models that the addon brings along, abstract ones apart."""
        return {
            name
            for name, model in self.registry.items()
            if model._original_module == self.addon and not model._abstract
        }

    def _granted(self, user, model):
        records = self.env[model].with_user(user)
        return "".join(name[0] for name in OPERATIONS if records.has_access(name))

    def test_every_model_has_its_row(self):
        """The table is complete, and says nothing of models that do not exist."""
        self.assertEqual(self._own_models(), set(self.access))

    def test_each_role_may_do_what_the_table_says(self):
        """Read, written, created, deleted: neither more nor less."""
        for model, expected in self.access.items():
            found = {role: self._granted(user, model) for role, user in self.people.items()}
            self.assertEqual(found, expected, model)

    def test_each_model_is_written_by_people_or_by_the_system(self):
        """A new model is either in `machine_rows` or somebody may write it: nothing in between."""
        guard = "contact_center.machine.row"
        guarded = {
            name
            for name in self._own_models()
            if issubclass(self.registry[name], self.registry[guard])
        }
        self.assertEqual(guarded, set(self.machine_rows))
        for name in self._own_models():
            written = any(set(granted) & set("wcu") for granted in self.access[name].values())
            self.assertNotEqual(name in self.machine_rows, written, name)

    def test_reading_what_is_of_citizens_is_noted(self):
        """A new model that hangs on a conversation or a citizen is logged, or says it is not."""
        logged = self.registry["contact_center.access.logged"]
        found = set()
        for name in self._own_models():
            fields = self.env[name]._fields
            if self.env[name]._transient or issubclass(self.registry[name], logged):
                continue
            if {"conversation_id", "partner_id"} & fields.keys():
                found.add(name)
        self.assertEqual(found, set(self.shows_nobody))

    def test_dialogs_are_their_users_own(self):
        """Rows of a dialog are reached by nobody but who opened it, whatever the addon."""
        for name in self._own_models():
            if not self.env[name]._transient:
                continue
            for user in (self.agent, self.supervisor, self.administrator):
                for operation in ("read", "write", "unlink"):
                    domain = self.env["ir.rule"].with_user(user)._compute_domain(name, operation)
                    own = [leaf for leaf in domain if leaf == ("create_uid", "in", [user.id])]
                    self.assertTrue(own, f"{name}: {operation} by {user.login}")
                    self.assertNotEqual(list(domain)[:1], ["|"], name)

    def test_machine_rows_are_not_written_over_rpc(self):
        """No method that the web client or a program may call writes them, for any role."""
        root = self._root()
        everybody = [*self.people.values(), root, self.env.ref("base.user_admin")]
        for name in sorted(self.machine_rows):
            for user in everybody:
                self._check_not_written(name, user)

    def test_machine_rows_are_not_written_where_access_rights_are_widened(self):
        """An administrator gives everybody all rights, and no rule stands in the way."""
        root = self._root()
        for name in sorted(self.machine_rows):
            model_id = self.env["ir.model"]._get_id(name)
            self.env["ir.rule"].search([("model_id", "=", model_id)]).active = False
            rights = {f"perm_{right}": True for right in ("read", "write", "create", "unlink")}
            group = {"group_id": self.env.ref("base.group_user").id}
            self.env["ir.model.access"].create(
                {"name": "widened", "model_id": model_id, **group, **rights}
            )
            for user in (root, self.agent):
                self.assertTrue(self.env[name].with_user(user).has_access("write"))
                self._check_not_written(name, user)

    def _root(self):
        """Return a system administrator who administers the center as well."""
        return new_test_user(
            self.env,
            "cc_table_root",
            "base.group_system,base.group_erp_manager,base.group_user,"
            "contact_center.group_administrator",
        )

    def _check_not_written(self, name, user):
        """Call each method that writes; nothing may come of it."""
        records = self.env[name].with_user(user)
        for method, args in self._writing_calls(name).items():
            with self.subTest(model=name, user=user.login, method=method):
                before = self.env[name].search_count([])
                self._check_refused(records, method.strip(), args)
                self.env.flush_all()
                self.assertEqual(self.env[name].search_count([]), before)

    def _writing_calls(self, name):
        """Return {method: arguments} of calls that write rows of a model.

        A blank keeps two calls of one name apart.
        """
        model = self.env[name]
        found = model.search([], limit=1)
        ids = found.ids or [1]
        title = model._rec_name or "id"
        calls = {
            "create": [[{title: "x"}]],
            "load": [[title], [["x"]]],
            "write": [ids, {title: "x"}],
            "web_save": [ids, {title: "x"}, {}],
            "web_save ": [[], {title: "x"}, {}],
            "web_save_multi": [ids, [{title: "x"}], {}],
            "web_resequence": [ids, {}, title],
            "copy": [ids],
            "unlink": [ids],
        }
        if model._rec_name:  # without one Odoo makes nothing of a name
            calls["name_create"] = ["x"]
        if model._active_name and found:
            calls["action_archive" if found[model._active_name] else "action_unarchive"] = [ids]
        # Of an untranslated field Odoo would answer False
        translated = [field.name for field in model._fields.values() if field.translate is True]
        calls["update_field_translations"] = [ids, (translated or [title])[0], {"en_US": "x"}]
        return calls

    def _check_refused(self, records, method, args):
        """Call as the routes do; `load` answers with its messages, the others raise."""
        if method == "load":
            try:
                result = call_kw(records, method, args, {})
            except UserError:  # who may not even read the model
                return
            self.assertFalse(result["ids"])
            return
        with self.assertRaises(UserError), self.env.cr.savepoint():
            call_kw(records, method, args, {})

    def test_what_belongs_to_a_conversation_follows_its_rules(self):
        """A model that hangs on a conversation and that technicians read has rules of its own."""
        rules = self.env["ir.rule"]
        for name in self._own_models():
            model = self.env[name]
            field = model._fields.get("conversation_id")
            if not field or field.comodel_name != "contact_center.conversation":
                continue
            if "r" in self.access[name]["technician"]:
                domain = rules.with_user(self.agent)._compute_domain(name, "read")
                self.assertFalse(domain.is_true(), f"{name}: no rule restricts technicians")

    def test_records_of_a_conversation_are_not_found(self):
        """By no search of the web client do others find what belongs to a conversation."""
        conversation = self._in_service()
        for name in sorted(self._own_models()):
            field = self.env[name]._fields.get("conversation_id")
            if not field or field.comodel_name != "contact_center.conversation":
                continue
            domain = [("conversation_id", "=", conversation.id)]
            kept = self.env[name].search(domain)
            for user in (self.colleague, self.outsider, self.employee):
                records = self.env[name].with_user(user)
                if not records.has_access("read"):
                    continue
                with self.subTest(model=name, user=user.login):
                    self.assertFalse(records.search(domain))
                    self.assertFalse(records.name_search("", domain))
                    self.assertFalse(records.web_search_read(domain, {"id": {}})["records"])
                    self.assertFalse(records._read_group(domain, ["conversation_id"]))
                    if kept:
                        self.assertFalse(kept.with_user(user).has_access("read"))
