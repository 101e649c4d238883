"""deploy/setup_database.py, run as `odoo shell` does, on a stand-in for Odoo."""

import runpy

import pytest

from sandbox import defaults


class Passwords:
    """Stand-in for passlib's context: a "hash" is the password turned round."""

    @staticmethod
    def hash(password):
        return password[::-1]

    def verify(self, password, stored):
        return stored == self.hash(password)


class User:
    """The administrator, or a record of the demo; tests see what is written."""

    id = 2
    _fields = ("iap_enrich_auto_done",)

    def __init__(self, password):
        self.password = password
        self.written = {}

    def write(self, values):
        self.written.update(values)


class Records:
    """A model: users with their passwords, defaults, or the configuration parameters."""

    def __init__(self):
        self.parameters = {}
        self.written = {}
        self.created = []
        self.switched_on = 0
        self.local_files = 0
        self.moved = 0

    def _crypt_context(self):
        return Passwords()

    def _switch_on(self):
        self.switched_on += 1

    def set_param(self, key, value):
        self.parameters[key] = value

    def set(self, model, field, value):
        self.parameters[f"{model}.{field}"] = value

    def search(self, domain):
        return self

    def search_count(self, domain, limit):
        return min(self.local_files, limit)

    def create(self, values):
        self.created.append(values)

    def force_storage(self):
        self.moved += 1

    def __bool__(self):
        return bool(self.created)

    def write(self, values):
        self.written = values


class Environment(dict):
    """Odoo's environment as far as the script uses it."""

    def __init__(self, stored_password):
        super().__init__()
        self.stored = stored_password
        self.admin = User(stored_password)
        self.records = {}
        self.committed = False
        self.cr = self

    def __missing__(self, model):
        self[model] = Records()
        return self[model]

    def ref(self, xmlid):
        if xmlid == "base.user_admin":
            return self.admin
        return self.records.setdefault(xmlid, User(""))

    def execute(self, query, parameters):
        assert parameters == [self.admin.id]

    def fetchone(self):
        return (self.stored,)

    def commit(self):
        self.committed = True


def run(root, monkeypatch, stored_password, env=None, **variables):
    """Run the script and return the environment it worked on."""
    monkeypatch.setenv("ADMIN_PASSWORD", "of-the-administrator")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    env = env or Environment(stored_password)
    runpy.run_path(str(root / "deploy/setup_database.py"), init_globals={"env": env})
    assert env.committed
    return env


@pytest.mark.parametrize("stored", [None, Passwords.hash("admin")])
def test_default_password_does_not_survive(root, monkeypatch, stored):
    env = run(root, monkeypatch, stored, CITY_TIMEZONE="America/Manaus")
    assert env.admin.password == "of-the-administrator"
    assert env["res.users"].written == {"lang": "pt_BR", "tz": "America/Manaus"}
    assert env["ir.default"].parameters == {
        "res.partner.lang": "pt_BR",
        "res.partner.tz": "America/Manaus",
    }
    assert env.records["base.main_company"].country_id is env.records["base.br"]


def test_password_changed_by_people_is_kept(root, monkeypatch):
    stored = Passwords.hash("chosen by the administrator")
    env = run(root, monkeypatch, stored)
    assert env.admin.password == stored
    assert not env["res.users"].written
    assert not env["ir.default"].parameters


def test_security_is_switched_on_and_the_company_kept_private(root, monkeypatch):
    env = run(root, monkeypatch, Passwords.hash("chosen by the administrator"))
    assert env["contact_center.security"].switched_on == 1
    assert env.records["base.main_company"].iap_enrich_auto_done is True


def test_public_address_is_fixed(root, monkeypatch):
    env = run(root, monkeypatch, None, BASE_URL="https://atendimento.example.gov.br/")
    assert env["ir.config_parameter"].parameters == {
        "web.base.url": "https://atendimento.example.gov.br",
        "web.base.url.freeze": "True",
    }


def test_demo_is_pointed_to_the_sandbox_only_in_a_trial(root, monkeypatch):
    addresses = {
        "SANDBOX_META_URL": "http://sandbox:8071",
        "SANDBOX_GLPI_URL": "http://sandbox:8073",
    }
    assert "whatsapp_helpdesk.account_demo" not in run(root, monkeypatch, None, **addresses).records
    demo = run(root, monkeypatch, None, CONTACT_CENTER_DEMO="1", **addresses).records
    assert demo["whatsapp_helpdesk.account_demo"].written == {
        "api_url": "http://sandbox:8071",
        "flow_id": demo["glpi_connector.flow_demo_it_support"].id,
    }
    assert demo["glpi_connector.glpi_server_demo"].written == {
        "url": "http://sandbox:8073",
        "app_token": defaults.GLPI_APP_TOKEN,
        "user_token": defaults.GLPI_USER_TOKEN,
    }


STORE = {
    "S3_ENDPOINT": "https://s3.example.gov.br",
    "S3_BUCKET": "contact-center",
    "AWS_SECRET_ACCESS_KEY": "of-the-store",
}


def test_files_stay_on_the_disk_of_a_single_server(root, monkeypatch):
    env = run(root, monkeypatch, None)
    assert "fs.storage" not in env
    assert "ir.attachment" not in env
    assert "contact_center.nodes" not in env["ir.config_parameter"].parameters


def test_nodes_are_named_and_their_files_go_to_the_store(root, monkeypatch):
    env = run(root, monkeypatch, None, CONTACT_CENTER_NODES="node1,node2", **STORE)
    assert env["ir.config_parameter"].parameters["contact_center.nodes"] == "node1,node2"
    (store,) = env["fs.storage"].created
    assert (store["code"], store["protocol"]) == ("files", "s3")
    assert store["directory_path"] == "contact-center"
    assert store["use_as_default_for_attachments"]
    # Citizens' names of files are nothing for those who keep the store
    assert store["use_filename_obfuscation"]
    assert "s3.example.gov.br" in store["options"]
    assert "of-the-store" not in repr(store)


def test_the_store_is_made_once_and_files_are_moved_while_some_are_local(root, monkeypatch):
    env = Environment(None)
    env["ir.attachment"].local_files = 7
    run(root, monkeypatch, None, env=env, **STORE)
    assert env["ir.attachment"].moved == 1
    env["ir.attachment"].local_files = 0
    run(root, monkeypatch, None, env=env, **{**STORE, "S3_BUCKET": "another"})
    assert env["ir.attachment"].moved == 1
    assert len(env["fs.storage"].created) == 1
    assert env["fs.storage"].written["directory_path"] == "another"
