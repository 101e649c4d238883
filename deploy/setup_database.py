"""Finish a database after the addons are installed.

deploy/entrypoint.sh runs it in `odoo shell`.

Safe to repeat, and it never undoes what people changed afterwards:
- the administrator's password is set from ADMIN_PASSWORD only while it is still Odoo's own default;
- the address (BASE_URL) is written at every start, because it follows the server's configuration;
- Brazil's language, time zone and country are set together with the password;
- password policy, second factor, session time-out and login throttling are switched on once;
- on several nodes their names are written (CONTACT_CENTER_NODES), and files go to the store of
  S3_ENDPOINT and S3_BUCKET, those that were on this machine's disk too;
- the city's data is not sent to Odoo's paid service that completes companies;
- in a trial (CONTACT_CENTER_DEMO=1) the demo's number and GLPI are pointed to the sandbox.
"""

import json
import os

DEFAULT_PASSWORD = "admin"

STORE = "files"
"""Code of the store: `ir.attachment.store_fname` begins with it."""

# Those of sandbox/defaults.py, which is not in this image: they open nothing but the sandbox.
SANDBOX_TOKENS = {"app_token": "sandbox-glpi-app-token", "user_token": "sandbox-glpi-user-token"}


def has_default_password(env, user):
    """Tell whether `user` can still log in with the password of a new database."""
    env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
    (stored,) = env.cr.fetchone()
    if not stored:
        return True
    return env["res.users"]._crypt_context().verify(DEFAULT_PASSWORD, stored)


def settle_in_brazil(env, timezone):
    """Make Portuguese, the city's time zone and Brazil what everybody starts with."""
    place = {"lang": "pt_BR", "tz": timezone}
    for field, value in place.items():
        env["ir.default"].set("res.partner", field, value)
    env["res.users"].search([]).write(place)
    env.ref("base.main_company").country_id = env.ref("base.br")


def keep_company_to_itself(env):
    """Mark the company as completed, so that Odoo asks no server on the internet."""
    company = env.ref("base.main_company")
    # partner_autocomplete, which Odoo installs by itself where it has it
    if "iap_enrich_auto_done" in company._fields:
        company.iap_enrich_auto_done = True


def point_demo_to_sandbox(env):
    """Give the demo's number and GLPI the sandbox's addresses, the number its flow."""
    account = env.ref("whatsapp_helpdesk.account_demo")
    flow = env.ref("glpi_connector.flow_demo_it_support")
    account.write({"api_url": os.environ["SANDBOX_META_URL"], "flow_id": flow.id})
    server = env.ref("glpi_connector.glpi_server_demo")
    server.write({"url": os.environ["SANDBOX_GLPI_URL"], **SANDBOX_TOKENS})


def name_nodes(env):
    """Tell the names of all nodes, so that one that is away is noticed."""
    names = os.environ.get("CONTACT_CENTER_NODES", "")
    if names:
        env["ir.config_parameter"].set_param("contact_center.nodes", names)


def use_store(env):
    """Keep files in the store that all nodes see; its keys stay in the environment.

    Small pictures and the web client's own files go to the database, as fs_attachment has it:
    screens ask for many of them at once.
    """
    bucket = os.environ.get("S3_BUCKET", "")
    if not bucket:
        return
    endpoint = {
        "endpoint_url": os.environ["S3_ENDPOINT"],
        "client_kwargs": {"region_name": os.environ.get("S3_REGION") or "us-east-1"},
    }
    values = {
        "name": "Files",
        "protocol": "s3",
        "options": json.dumps(endpoint),
        "directory_path": bucket,
        # No request to the store before each file, and no citizen's file name in it
        "check_connection_method": False,
        "use_filename_obfuscation": True,
        "optimizes_directory_path": True,
        "autovacuum_gc": True,
        "use_as_default_for_attachments": True,
    }
    storage = env["fs.storage"].search([("code", "=", STORE)])
    if storage:
        storage.write(values)
    else:
        env["fs.storage"].create({"code": STORE, **values})
    local = [
        ("store_fname", "!=", False),
        ("store_fname", "not =like", f"{STORE}://%"),
        # Odoo leaves the files of fields out of a search that does not name res_field
        *("|", ("res_field", "=", False), ("res_field", "!=", False)),
    ]
    if env["ir.attachment"].search_count(local, limit=1):
        env["ir.attachment"].force_storage()


def finish(env):
    """Set another password, name the public address, prepare the administrator."""
    admin = env.ref("base.user_admin")
    env["contact_center.security"]._switch_on()
    keep_company_to_itself(env)
    if has_default_password(env, admin):
        admin.password = os.environ["ADMIN_PASSWORD"]
        settle_in_brazil(env, os.environ.get("CITY_TIMEZONE", "America/Sao_Paulo"))
    address = os.environ.get("BASE_URL", "").rstrip("/")
    if address:
        parameters = env["ir.config_parameter"]
        parameters.set_param("web.base.url", address)
        # without it Odoo would follow the address at which an administrator logs in
        parameters.set_param("web.base.url.freeze", "True")
    name_nodes(env)
    use_store(env)
    if os.environ.get("CONTACT_CENTER_DEMO") == "1":
        point_demo_to_sandbox(env)
    env.cr.commit()


finish(env)  # noqa: F821  `env` is given by `odoo shell`
