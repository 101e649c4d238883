"""Run by `odoo shell`: exports the terms of addons, each into a file of its own.

`$CONTACT_CENTER_VALUES`: `addons`, and the `folder` in which NAME.pot are written.
"""

# ruff: noqa: F821 - `env` is given by the shell

import json
import os
from pathlib import Path

from odoo.tools.translate import trans_export

values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
for addon in values["addons"]:
    with open(Path(values["folder"], f"{addon}.pot"), "wb") as target:
        trans_export(None, [addon], target, "po", env(context={}))
