# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The command `odoo contact_center_secrets`; Odoo finds it by this file's name."""

import argparse
import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config

ACTIONS = ("status", "rotate", "forget")


class ContactCenterSecrets(Command):
    """Look at the stored secrets of a database, or change the key that protects them.

    status    how many secrets there are, and under which key; with --only-newest it fails while an
              older key is needed
    rotate    add a new key to the file of keys and protect all secrets with it; with --no-new-key
              only protect with the newest key that is there
    forget    drop the older keys from the file, once nothing needs them
    """

    name = "contact_center_secrets"

    def run(self, args):
        """Run the command; end with status 1 and a sentence if something is in the way."""
        parser = argparse.ArgumentParser(
            prog=self.prog,
            description=self.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("action", choices=ACTIONS)
        parser.add_argument("--no-new-key", action="store_true")
        parser.add_argument("--only-newest", action="store_true")
        options, others = parser.parse_known_args(args)
        config.parse_config(others, setup_logging=True)
        databases = config["db_name"]
        if len(databases) != 1:
            sys.exit("Name one database with -d.")
        registry = Registry(databases[0])
        # Known only now: the addons path is set, and the keys are where Odoo's data folder is
        from odoo.addons.contact_center.core.sealing import KeyProblem

        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            try:
                sys.stdout.write(f"{self._act(env, options)}\n")
            except KeyError:
                sys.exit("contact_center is not installed in this database.")
            except (KeyProblem, OSError) as error:
                cr.rollback()
                sys.exit(f"Nothing was changed in the database: {error}")

    @staticmethod
    def _act(env, options):
        from odoo.addons.contact_center.core import sealing
        from odoo.addons.contact_center.models.secret_field import VAULT

        stored = env["contact_center.stored.secrets"]
        if options.action == "rotate":
            if not options.no_new_key:
                if VAULT.source.keys.strip():
                    sys.exit(
                        f"The keys stand in ${sealing.KEYS_VARIABLE}: put a new one before them, "
                        "restart the servers, and call this with --no-new-key."
                    )
                VAULT.source.add(sealing.new_key())
            changed = stored._rotate()
            return f"{changed} secrets are protected by the newest key now."
        counts = stored._states()
        needed = counts["older"] or counts["lost"]
        if needed and (options.only_newest or options.action == "forget"):
            sys.exit("Secrets still need older keys: rotate first.")
        if options.action == "status":
            return ", ".join(f"{name}: {count}" for name, count in counts.items())
        return f"{VAULT.source.forget_old()} older keys were dropped."
