"""Run by `odoo shell` on an empty database: what the server's owner prepares.

Nothing is connected. The simulated Meta stands where the real one would, for whatever number is
entered later; the first administrator of the center has no right on the system.

`$CONTACT_CENTER_VALUES`: `meta_url`, and `administrator` with `name`, `login`, `password`.
"""

# ruff: noqa: F821 - `env` is given by the shell

import json
import os
from urllib.parse import urlsplit

values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
parameters = env["ir.config_parameter"]
parameters.set_param("whatsapp_helpdesk.api_url", values["meta_url"])
parameters.set_param("whatsapp_helpdesk.media_hosts", urlsplit(values["meta_url"]).hostname)
env["res.users"].with_context(no_reset_password=True).create(
    {
        **values["administrator"],
        "group_ids": [(6, 0, [env.ref("contact_center.group_administrator").id])],
    }
)
env.cr.commit()
