"""Small jobs on PostgreSQL, run by the environment's Python.

It has psycopg2; `./dev` itself has not.

Reads JSON from stdin: `{"dsn": ..., "steps": [[name, argument, ...], ...]}`; writes a JSON list
with the result of each step to stdout. An error of the server ends it with status 1 and the
server's words on stderr.
"""

import contextlib
import json
import sys

import psycopg2
from psycopg2 import sql


def identifier(name):
    """Return a quoted database name."""
    return sql.Identifier(name)


def check(cr):
    """Return the version number and rights of the role.

    `{"version": 180006, "user", "createdb": bool, "superuser": bool}`.
    """
    cr.execute("SELECT current_setting('server_version_num')::int")
    version = cr.fetchone()[0]
    cr.execute("SELECT rolname, rolcreatedb, rolsuper FROM pg_roles WHERE rolname = current_user")
    user, createdb, superuser = cr.fetchone()
    return {
        "version": version,
        "user": user,
        "createdb": createdb or superuser,
        "superuser": superuser,
    }


def databases(cr, prefix):
    """Return the databases that start with `prefix`: `{name: comment}`."""
    cr.execute(
        "SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
        " WHERE starts_with(datname, %s)",
        [prefix],
    )
    return dict(cr.fetchall())


def create(cr, name, template):
    """Make a database as a copy of another one."""
    close(cr, template)
    query = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
    cr.execute(query.format(identifier(name), identifier(template)))


def create_empty(cr, name):
    """Make an empty database the way Odoo does (sorted by code point)."""
    cr.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'").format(
            identifier(name)
        )
    )


def close(cr, name):
    """End the sessions of a database."""
    cr.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND pid <> pg_backend_pid()",
        [name],
    )


def drop(cr, name):
    """Remove a database, ending its sessions."""
    close(cr, name)
    cr.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(identifier(name)))


def rename(cr, old, new):
    """Give a database another name."""
    close(cr, old)
    cr.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(identifier(old), identifier(new)))


def comment(cr, name, text):
    """Write a database's comment: where the stamp of what it was made from is kept."""
    cr.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(identifier(name), sql.Literal(text)))


def move_clock(cr, name, seconds):
    """Let `now()` of one database be `seconds` later than it is.

    A function of that name in the schema `public` is found before PostgreSQL's own: Odoo's
    `create_date` and every `now()` in a query follow, CURRENT_TIMESTAMP does not.
    """
    parameters = psycopg2.extensions.parse_dsn(cr.connection.dsn)
    parameters["password"] = cr.connection.info.password
    with contextlib.closing(psycopg2.connect(**{**parameters, "dbname": name})) as connection:
        connection.autocommit = True
        with connection.cursor() as there:
            there.execute(
                "CREATE OR REPLACE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE"
                " AS $$ SELECT pg_catalog.now() + make_interval(secs => %s) $$",
                [seconds],
            )
            there.execute(
                sql.SQL("ALTER DATABASE {} SET search_path = public, pg_catalog").format(
                    identifier(name)
                )
            )


STEPS = {
    step.__name__: step
    for step in (check, databases, create, create_empty, close, drop, rename, comment, move_clock)
}


def main():
    """Run stdin's steps, each in its own transaction.

    CREATE DATABASE cannot be in one.
    """
    job = json.load(sys.stdin)
    try:
        with contextlib.closing(psycopg2.connect(job["dsn"], connect_timeout=10)) as connection:
            connection.autocommit = True
            with connection.cursor() as cr:
                results = [STEPS[name](cr, *arguments) for name, *arguments in job["steps"]]
    except psycopg2.Error as error:
        sys.exit(str(error).strip())
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
