"""Load Odoo once, and run each piece of code that comes in a copy of itself.

Run by `odoo shell`.

`$CONTACT_CENTER_VALUES`: `requests` and `answers`, numbers of open pipes. A request is a line of
JSON with the `code`, its `values` (for the same variable), and the files `out` and `err` for what
it prints; the answer is a line with the status that the copy ended with.
"""

# ruff: noqa: F821 - `env` is given by the shell

import json
import os
import sys
import traceback

from odoo import SUPERUSER_ID, api, sql_db

pipes = json.loads(os.environ["CONTACT_CENTER_VALUES"])
registry = env.registry
env.cr.rollback()
# No connection may be used by two processes
env.cr.close()
sql_db.close_all()


def run(request):
    """Run the code as `odoo shell` does, and return the status to end with."""
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.environ["CONTACT_CENTER_VALUES"] = json.dumps(request["values"])
    status = 0
    try:
        current = registry.check_signaling()
        with current.cursor() as cr:
            context = api.Environment(cr, SUPERUSER_ID, {})["res.users"].context_get()
            own = api.Environment(cr, SUPERUSER_ID, context)
            cr.rollback()
            names = {"__name__": "__main__", "env": own, "self": own.user}
            # Code of our own programs and tests
            exec(request["code"], names)  # nosec B102
            cr.rollback()
    except BaseException:  # noqa: BLE001 - whatever it is, the caller is told
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return status


with os.fdopen(pipes["requests"]) as requests, os.fdopen(pipes["answers"], "w") as answers:
    for line in requests:
        child = os.fork()
        if not child:
            os._exit(run(json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)
os._exit(0)
