#!/usr/local/bin/python
"""The image's command `odoo`, as `./dev` starts it."""

import odoo.cli

odoo.cli.main()
