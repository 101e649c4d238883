"""A filled database is updated, as to a new release: nothing is lost or changed."""

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from devtools.databases import manifest, of_this_process
from devtools.logcheck import check_logs
from devtools.servers import Stack
from devtools.settings import ROOT, product_addons
from devtools.story import Story

NAMES = list(product_addons())
PREVIOUS = "19.0.1.0.0"
"""Version of every addon in the last release."""

BOOKKEEPING = re.compile(
    # Odoo's own, which an update writes anew
    r"^(ir_(?!attachment$|config_parameter$|cron$|default$|filters$|sequence$)|res_groups|res_lang$|wizard_ir_model)"
    # Waits for nobody: no server runs meanwhile
    r"|^(bus_|orm_signaling_|queue_(?!job$)|.*_rel$)"
)
"""Tables in which an update has to write, or whose rows are nobody's business."""

ROWS = "SELECT to_jsonb(t) - '{{write_date, write_uid, number_key}}'::text[] FROM {table} t"
TABLES = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
ORDER BY relname
"""
XMLIDS = """
SELECT module || '.' || name, model, res_id, noupdate FROM ir_model_data WHERE module = ANY(%s)
"""
OLD = "UPDATE ir_module_module SET latest_version = %s WHERE name = ANY(%s)"
VERSIONS = "SELECT name, latest_version, state FROM ir_module_module WHERE name = ANY(%s)"
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_name = 'contact_center_conversation'
  AND column_name NOT IN ('id', 'protocol', 'discuss_channel_id')
"""
DOUBLE = """
INSERT INTO contact_center_conversation (protocol, {columns})
SELECT 'double', {columns} FROM contact_center_conversation
WHERE state != 'closed' ORDER BY id DESC LIMIT 1
"""
CONVERSATIONS = """
SELECT protocol, state, outcome, number_key = 'whatsapp:' || whatsapp_account_id
FROM contact_center_conversation ORDER BY id
"""
SILENCE_INDEX = """
CREATE INDEX contact_center_conversation_silence_idx ON contact_center_conversation
    (state, GREATEST(last_inbound_at, last_outbound_at, queued_at))
    WHERE state IN ('bot', 'queued', 'in_service')
"""
INDEXES = "SELECT indexname FROM pg_indexes WHERE tablename = 'contact_center_conversation'"
EDIT = """
env.ref("whatsapp_helpdesk.automatic_message_too_many_messages").body = "Calma, por favor!"
env.ref("contact_center.automatic_message_welcome").active = False
env.ref("whatsapp_helpdesk.cron_sweep").interval_number = 7
env.ref("contact_center.pause_reason_snack").name = "Almoço das onze"
env.ref("whatsapp_helpdesk.media_image_png").max_size = 1234567
env["whatsapp.account"].search([], limit=1).messages_per_minute = 11
env.cr.commit()
"""
EDITED = """
import json
print(json.dumps([
    env.ref("whatsapp_helpdesk.automatic_message_too_many_messages").body,
    env.ref("contact_center.automatic_message_welcome").active,
    env.ref("whatsapp_helpdesk.cron_sweep").interval_number,
    env.ref("contact_center.pause_reason_snack").name,
    env.ref("whatsapp_helpdesk.media_image_png").max_size,
    env["whatsapp.account"].search([], limit=1).messages_per_minute,
]))
"""


@dataclass
class State:
    """What stands in a database at a moment.

    :ivar rows: {table: {id, or all that stands in the row: the row}}
    :ivar xmlids: external ids of our addons, and the records that they name
    """

    rows: dict[str, dict[object, dict]]
    xmlids: set[tuple]


@dataclass
class Update:
    """A database before and after an update, and what Odoo logged of it."""

    stack: Stack
    before: State
    after: State
    log: Path


@pytest.fixture(scope="module")
def update() -> Iterator[Update]:
    """Update a database of the last release, in which a citizen was served."""
    with Stack(db_name=of_this_process("upgrade"), demo=True, quiet=0) as stack:
        story = Story(stack, "5531976000088")
        for step in story.steps():
            step()
        stack.stop_odoo()
        stack.shell(EDIT)
        make_old(stack)
        before = state(stack)
        log = stack.databases.install(stack.db_name, [], update=NAMES)
        yield Update(stack, before, state(stack), log)


def rows(stack: Stack, statement: str, *values: object) -> list[tuple]:
    """Run a statement in a transaction of its own and return its rows."""
    with contextlib.closing(psycopg2.connect(stack.db_url)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


def make_old(stack: Stack) -> None:
    """Leave the database as the last release did.

    Two open conversations of one citizen, no key of the number that forbids it, no stays, whole
    seconds.
    """
    rows(stack, OLD, PREVIOUS, NAMES)
    rows(stack, "DELETE FROM contact_center_stay")
    rows(stack, "ALTER TABLE contact_center_event DROP COLUMN at_us")
    rows(stack, "ALTER TABLE contact_center_agent_state DROP COLUMN start_us, DROP COLUMN end_us")
    rows(stack, SILENCE_INDEX)
    rows(stack, "ALTER TABLE contact_center_conversation DROP COLUMN number_key")
    ((columns,),) = rows(stack, COLUMNS)
    rows(stack, DOUBLE.format(columns=columns))


def state(stack: Stack) -> State:
    """Return what stands in the database now."""
    tables = [name for (name,) in rows(stack, TABLES) if not BOOKKEEPING.match(name)]
    found = {}
    for name in tables:
        read = [row for (row,) in rows(stack, ROWS.format(table=name))]
        found[name] = {row.get("id") or json.dumps(row, sort_keys=True): row for row in read}
    return State(found, set(rows(stack, XMLIDS, NAMES)))


def changes(update: Update) -> list[str]:
    """Return a line for each row that is gone, and each value that is another one."""
    found = []
    for table, before in update.before.rows.items():
        after = update.after.rows.get(table, {})
        for key, row in before.items():
            now = after.get(key)
            if now is None:
                found.append(f"{table} {key}: gone")
                continue
            found += [
                f"{table} {key}: {name}: {value} -> {now.get(name)}"
                for name, value in row.items()
                if now.get(name) != value
            ]
    return found


def test_nothing_is_lost_or_changed(update: Update) -> None:
    before, after = update.before.rows, update.after.rows
    for table in ("contact_center_conversation", "glpi_ticket", "whatsapp_message", "mail_message"):
        assert before[table], table
    # Of the two open conversations one was closed
    closed = max(before["contact_center_conversation"]) - 1
    where = f"contact_center_conversation {closed}: "
    assert [line for line in changes(update) if not line.startswith(where)] == []
    added = {name: len(after[name]) - len(rows) for name, rows in before.items()}
    # The citizen had waited: that stay is made out of the events
    wanted = {"contact_center_event": 1, "contact_center_stay": 1}
    assert {name: new for name, new in added.items() if new} == wanted


def test_external_ids_name_the_same_records(update: Update) -> None:
    assert update.before.xmlids == update.after.xmlids


def test_migrations_ran(update: Update) -> None:
    versions = rows(update.stack, VERSIONS, NAMES)
    wanted = [(name, manifest(ROOT / "addons" / name)["version"], "installed") for name in NAMES]
    assert sorted(versions) == sorted(wanted)
    *_others, first, double = rows(update.stack, CONVERSATIONS)
    assert first[1:] == ("closed", "expired", True)
    assert double == ("double", "bot", None, True)
    indexes = {name for (name,) in rows(update.stack, INDEXES)}
    assert "contact_center_conversation_silence_idx" not in indexes
    assert "contact_center_conversation_one_open_per_citizen" in indexes


def test_what_an_administrator_edited_stays(update: Update) -> None:
    """Each of these rows is among those that are compared; here they are named."""
    assert json.loads(update.stack.shell(EDITED).splitlines()[-1]) == [
        *("Calma, por favor!", False, 7, "Almoço das onze", 1234567, 11)
    ]


def test_nothing_is_complained_about(update: Update) -> None:
    assert check_logs([update.log]) == []
