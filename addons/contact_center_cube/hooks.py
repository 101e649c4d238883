# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def uninstall_hook(env):
    """Take the schema away, and the roles that read it where this system may."""
    env["contact_center.cube.schema"]._drop()
