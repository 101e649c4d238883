"""Code behind `./dev`: set-up, servers, tests, checks.

Python's standard library only.

`cli` reads the command line, `environment` makes what is missing (Odoo, Python packages,
PostgreSQL) in a cache folder, `servers.Stack` runs the whole product (PostgreSQL, sandbox, Odoo)
for `up`, the demo, the benchmarks and the end-to-end tests.
"""
