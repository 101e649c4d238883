"""Run by `odoo shell`: makes the demo's 156, or lets its number answer by that.

`$CONTACT_CENTER_VALUES`: `root` (the repository), and either `flow` (the id by which the demo's
number answers; 0: as usual), or `days`, `contacts`, `seed` and `told` (a file for progress). Prints
one line of JSON, see `devtools.city.making.make`.
"""

# ruff: noqa: F821 - `env` is given by the shell

import json
import os
import sys
from pathlib import Path

values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
sys.path.insert(0, values["root"])

from devtools.city import making  # noqa: E402 - the path comes first

if "flow" in values:
    making.answer_by(env, values["flow"])
    print("{}")
else:
    told = Path(values["told"])

    def tell(line):
        """Append a line to the file that is being followed."""
        with told.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    print(json.dumps(making.make(env, values["days"], values["contacts"], values["seed"], tell)))
env.cr.commit()
