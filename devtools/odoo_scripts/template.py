"""Run by `odoo shell` on a new template database: a Brazilian company.

Its people read Portuguese.
"""

# ruff: noqa: F821 - `env` is given by the shell

company = env.ref("base.main_company")
company.partner_id.country_id = env.ref("base.br")
env.ref("base.BRL").active = True
company.currency_id = env.ref("base.BRL")
if "iap_enrich_auto_done" in company._fields:
    # Odoo would ask a server of its own about the company: nothing leaves this machine.
    company.iap_enrich_auto_done = True
env["ir.default"].set("res.partner", "lang", "pt_BR")
env["ir.default"].set("res.partner", "tz", "America/Sao_Paulo")
people = env["res.users"].with_context(active_test=False).search([])
people.partner_id.write({"lang": "pt_BR", "tz": "America/Sao_Paulo"})
env["res.partner"].with_context(active_test=False).search([]).write({"lang": "pt_BR"})
env.cr.commit()
