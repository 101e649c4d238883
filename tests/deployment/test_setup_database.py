"""deploy/setup_database.py, run as `odoo shell` runs it, on a stand-in for Odoo's environment."""

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
    """The administrator, or a record of the demo: what is written is seen by the tests."""

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
        self.switched_on = 0

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


def run(root, monkeypatch, stored_password, **variables):
    """Run the script and return the environment it worked on."""
    monkeypatch.setenv("ADMIN_PASSWORD", "of-the-administrator")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    env = Environment(stored_password)
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
