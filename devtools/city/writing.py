"""Writes days of the past into a demo's ledgers, by COPY; run in `odoo shell`.

The models write one contact at a time, as it happens, and date it now. A past of tens of thousands
of contacts is written as rows instead, with the columns that the models would have filled.
"""

import io
import json
import random
import uuid
from datetime import date, datetime, timedelta

from . import drawing, past
from .contact_rows import Contact, closed_at
from .crew import Member
from .moments import microseconds, midnight, whole

MESSAGE_DAYS = 7
"""Messages are written of the last days only: more would be gigabytes for nobody to read."""

NULL = "\\N"
_JOIN = """
UPDATE contact_center_conversation one SET discuss_channel_id = channel.id
FROM discuss_channel channel
WHERE channel.contact_center_conversation_id = one.id AND one.discuss_channel_id IS NULL
"""


class Rows:
    """Rows of one table, given out as one COPY.

    :param env: of an `odoo shell`
    :param model: name of the model; what is not given has its field's default
    """

    def __init__(self, env, model: str):
        self._model = env[model].sudo()
        self._rows: list[dict] = []
        self._usual = self._defaults()

    def _defaults(self) -> dict:
        model, env = self._model, self._model.env
        usual = {}
        for field in model._fields.values():
            if field.store and field.column_type and field.default and field.name != "id":
                value = field.convert_to_cache(field.default(model), model, validate=False)
                usual[field.name] = field.convert_to_column_insert(value, model, None, False)
        if model._log_access:
            usual |= {"create_uid": env.uid, "write_uid": env.uid}
        return {name: value for name, value in usual.items() if not isinstance(value, dict)}

    def numbers(self, count: int) -> list[int]:
        """Take so many ids from the table's sequence, in order."""
        cr = self._model.env.cr
        cr.execute(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            [f"{self._model._table}_id_seq", count],
        )
        return [row[0] for row in cr.fetchall()]

    def add(self, made_at: datetime, /, **values) -> None:
        """Add a row that was made at a moment (naive UTC)."""
        if self._model._log_access:
            values |= {"create_date": made_at, "write_date": made_at}
        self._rows.append(values)

    def write(self) -> int:
        """Write the rows in the order in which they were added; return how many."""
        if not self._rows:
            return 0
        names = list(dict.fromkeys([*self._usual, *(name for row in self._rows for name in row)]))
        lines = io.StringIO()
        for row in self._rows:
            whole = {**self._usual, **row}
            lines.write("\t".join(copied(whole.get(name)) for name in names) + "\n")
        lines.seek(0)
        columns = ", ".join(f'"{name}"' for name in names)
        cr = self._model.env.cr
        cr._obj.copy_expert(f"COPY {self._model._table} ({columns}) FROM STDIN", lines)
        count, self._rows = len(self._rows), []
        return count


def copied(value) -> str:
    r"""Return a value as COPY reads it.

    >>> copied("a\tb"), copied(None), copied(False)
    ('a\\tb', '\\N', 'f')
    """
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    text = str(value).replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


class Ledgers:
    """The tables of the past, filled day by day.

    :param env: of an `odoo shell`
    :param known: ids and names that rows refer to, see `making.Known`
    :param until: moment (naive UTC) after which nothing has happened yet
    """

    def __init__(self, env, known, until: datetime):
        self.env = env
        self.known = known
        self.until = until
        self.rows = {
            name: Rows(env, model)
            for name, model in (
                ("conversation", "contact_center.conversation"),
                ("channel", "discuss.channel"),
                ("stay", "contact_center.stay"),
                ("offer", "contact_center.offer"),
                ("event", "contact_center.event"),
                ("message", "mail.message"),
                ("state", "contact_center.agent.state"),
            )
        }

    def add_day(self, day: date, told: list[past.Told], electronic: list[drawing.Coming]) -> int:
        """Add the contacts of a day that are over; return how many."""
        start = midnight(day, self.known.zone)
        whole = [(one.coming, one) for one in told] + [(one, None) for one in electronic]
        whole.sort(key=lambda pair: pair[0].at)
        ended = [
            (coming, one)
            for coming, one in whole
            if self._at(start, closed_at(coming, one)) < self.until
        ]
        protocols = self._protocols(day.year, len(ended))
        ids = self.rows["conversation"].numbers(len(ended))
        channels = self.rows["channel"].numbers(len(ended))
        recent = self.until - start < timedelta(days=MESSAGE_DAYS)
        rnd = random.Random(f"texts {day}")
        for (coming, one), *keys in zip(ended, protocols, ids, channels, strict=True):
            contact = Contact(self, start, coming, one, *keys)
            contact.add()
            if recent:
                contact.say(rnd)
        return len(ended)

    def add_states(self, member: Member, day: date, states: list[past.State]) -> None:
        """Add the states of an agent; the last of them, logged out, has no end yet."""
        start = midnight(day, self.known.zone)
        self.known.states[member.number] += [
            (self._at(start, state.start), state.kind, state.pause)
            for state in states
            if self._at(start, state.start) < self.until
        ]

    @staticmethod
    def _at(start: datetime, seconds: float) -> datetime:
        return start + timedelta(seconds=seconds)

    def _protocols(self, year: int, count: int) -> list[str]:
        conversations = self.env["contact_center.conversation"]
        conversations._create_protocol_sequence(year)
        self.env.cr.execute(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            [conversations._sequence_name(year), count],
        )
        return [self.known.protocol(year, number) for (number,) in self.env.cr.fetchall()]

    def write(self) -> int:
        """Write everything; return the number of rows."""
        self._add_states()
        self.env.flush_all()
        total = sum(rows.write() for rows in self.rows.values())
        # Conversations and their channels refer to each other
        self.env.cr.execute(_JOIN)
        return total

    def _add_states(self) -> None:
        """Turn moments of change into intervals without gaps, from where the ledger ends."""
        states = self.env["contact_center.agent.state"].sudo()
        for number, changes in self.known.states.items():
            user = self.known.users[number]
            current = states.search([("user_id", "=", user), ("end", "=", False)], limit=1)
            changes = [one for one in changes if not current or one[0] > current.start]
            if not changes:
                continue
            if current:
                current._end(microseconds(changes[0][0]))
            ends = [at for at, *_rest in changes[1:]] + [None]
            if changes[-1][1] != past.OUT:
                # Whoever is at work now logs in when the day is played
                ends[-1] = self.until
                changes.append((self.until, past.OUT, ""))
                ends.append(None)
            for (at, kind, pause), end in zip(changes, ends, strict=True):
                self._add_state(user, at, end, kind, pause)
        self.known.states.clear()

    def _add_state(self, user: int, at: datetime, end, kind: str, pause: str) -> None:
        self.rows["state"].add(
            at,
            user_id=user,
            kind=kind,
            break_kind=pause or None,
            reason=self.known.pause_names.get(pause, ""),
            set_by="agent" if kind in (past.BREAK, past.OUT) else "system",
            start=whole(at),
            start_us=microseconds(at),
            end=end and whole(end),
            end_us=end and microseconds(end),
            hours=(end - at).total_seconds() / 3600 if end else 0.0,
        )

    def say(self, channel: int, at: datetime, who: int, text: str) -> None:
        """Add a message of a conversation; the archive takes it over by itself.

        :param who: id of the author's res.partner
        """
        self.rows["message"].add(
            at,
            model="discuss.channel",
            res_id=channel,
            body=f"<p>{text}</p>",
            message_type="comment",
            subtype_id=self.known.comment,
            author_id=who,
            date=whole(at),
            message_id=f"<{uuid.uuid4()}@demo>",
            is_internal=False,
        )
