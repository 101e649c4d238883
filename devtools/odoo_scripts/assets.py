"""Build the JavaScript and CSS of the pages that people open.

So no first click waits for it. Run by `odoo shell` on a new template database.

Odoo's own way to do so (`_pregenerate_assets_bundles`) builds its unit tests' as well, which takes
most of the time.
"""

# ruff: noqa: F821 - `env` is given by the shell

NOBODY_OPENS = ("test", "web_dark", "api_doc", "spreadsheet", "snailmail")
"""Parts of the names of bundles that wait until somebody asks for them."""

qweb = env["ir.qweb"]
scripts, styles = qweb._get_bundles_to_pregenarate()
for kind, bundles in (("js", scripts), ("css", styles)):
    for bundle in sorted(bundles):
        if not any(part in bundle for part in NOBODY_OPENS):
            asked = {"js": kind == "js", "css": kind == "css"}
            getattr(qweb._get_asset_bundle(bundle, **asked), kind)()
env.cr.commit()
