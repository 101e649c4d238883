"""Run by `odoo shell` on a new template database: builds JavaScript and CSS.

So that no first click waits for it.
"""

# ruff: noqa: F821 - `env` is given by the shell

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
