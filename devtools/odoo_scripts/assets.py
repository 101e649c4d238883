"""Run by `odoo shell` on a new template database: builds the JavaScript and CSS, so that no first
click waits for it.
"""

# ruff: noqa: F821 - `env` is given by the shell

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
