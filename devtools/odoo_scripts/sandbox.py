"""Run by `odoo shell`: points the demo's number and GLPI to the sandbox.

`$CONTACT_CENTER_VALUES`: `odoo_url`, `working_hours` (act as if it were open), `quiet` (see
`Stack`), and with a sandbox `meta_url`, `glpi_url` and `defaults` (the constants of
sandbox/defaults.py). Writes only fields that differ, so that a second start changes nothing.
"""

# ruff: noqa: F821 - `env` is given by the shell

import json
import os
from urllib.parse import urlsplit

values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
defaults = values.get("defaults", {})
# Notes about these changes are read by people
env = env(context=dict(env.context, lang="pt_BR"))
parameters = env["ir.config_parameter"]
parameters.set_param("web.base.url", values["odoo_url"])
parameters.set_param("web.base.url.freeze", "True")
quiet = values.get("quiet")
parameters.set_param("chatbot_flow.listen_limit", False if quiet is None else str(quiet))


def record(model, xmlid):
    """Return the demo record of a model: by its xml id, else the first there is."""
    found = env.ref(xmlid, raise_if_not_found=False)
    return found or env[model].with_context(active_test=False).search([], limit=1)


def put(target, wanted):
    """Write what differs."""
    changed = {
        name: value
        for name, value in wanted.items()
        if (target[name].id if target._fields[name].type == "many2one" else target[name]) != value
    }
    if changed:
        target.write(changed)


def put_or_create(model, xmlid, wanted):
    """Bring the demo record to these values; makes one when the demo data has none."""
    target = record(model, xmlid)
    if target:
        put(target, wanted)
    else:
        env[model].create({"name": "Simulador", **wanted})


if values.get("meta_url") and "whatsapp.account" in env:
    flow = env.ref("glpi_connector.flow_demo_it_support", raise_if_not_found=False)
    queue = env.ref("contact_center.queue_demo_support", raise_if_not_found=False)
    account = {
        "phone_number_id": defaults["PHONE_NUMBER_ID"],
        "waba_id": defaults["WABA_ID"],
        "display_phone_number": defaults["DISPLAY_PHONE"],
        "access_token": defaults["ACCESS_TOKEN"],
        "app_secret": defaults["APP_SECRET"],
        "verify_token": defaults["VERIFY_TOKEN"],
        "api_url": values["meta_url"],
        "active": True,
        "flow_id": flow.id if flow else False,
        "queue_id": queue.id if queue else False,
        "allowed_media_hosts": urlsplit(values["meta_url"]).hostname,
    }
    put_or_create("whatsapp.account", "whatsapp_helpdesk.account_demo", account)

if values.get("glpi_url") and "glpi.server" in env:
    server = {
        "url": values["glpi_url"],
        "app_token": defaults["GLPI_APP_TOKEN"],
        "user_token": defaults["GLPI_USER_TOKEN"],
    }
    put_or_create("glpi.server", "glpi_connector.glpi_server_demo", server)

demo = env["contact_center.demo"]
if demo._is_demo():
    demo.act_open(bool(values.get("working_hours")))
env.cr.commit()
