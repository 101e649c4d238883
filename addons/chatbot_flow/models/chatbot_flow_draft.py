# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The draft of a flow: a token that changes with it, and its changes in words."""

import uuid

from markupsafe import Markup

from odoo import api, fields, models

from .chatbot_flow_edits import NOT_EDITS, is_edit

# Fields not reported: order and lines of other models have their own texts.
UNTOLD = {*NOT_EDITS, "sequence", "option_ids", "step_ids", "flow_id", "step_id", "version_ids"}
# Maximum lines of a message.
LINES = 30
# Maximum characters of a reported value.
VALUE = 120
_KEY = "chatbot_flow.changes"


class ChatbotFlow(models.Model):
    """Reports every change of a flow, its steps and its options in the flow's chatter."""

    _inherit = "chatbot.flow"

    draft_token = fields.Char(
        readonly=True,
        copy=False,
        help="Changes with every change of the flow, its steps and its options: results computed "
        "from the draft are valid while it stays the same.",
    )

    def write(self, vals):
        """Report the changes, and record who made them.

        Flows that call this one have to be published again to take its new version, or its code.
        """
        self._check_not_protected(vals)
        result = _told(self, vals, lambda: super(ChatbotFlow, self).write(vals))
        if "published_version_id" in vals or "code" in vals:
            self._callers()._touch_draft()
        if is_edit(vals):
            self._note_edit()
        return result

    def _touch_draft(self):
        """Mark the draft as changed."""
        if self:
            # sudo: chatbot.flow - the token is written by the program only
            self.sudo().write({"draft_token": uuid.uuid4().hex})

    def _draft_key(self):
        """Return a token for the draft's state, for caches; None while it is edited."""
        self.ensure_one()
        if not isinstance(self.id, int) or not self.draft_token:
            return None
        return (self.env.cr.dbname, self.id, self.draft_token)

    def _tell_change(self, line):
        """Record a change for the single chatter message of a save."""
        self.ensure_one()
        changes = self._changes().setdefault(self.id, {"lines": [], "count": 0})
        changes["count"] += 1
        if line and len(changes["lines"]) < LINES and line not in changes["lines"]:
            changes["lines"].append(line)
        elif line in changes["lines"]:
            changes["count"] -= 1

    def _changes(self):
        data = self.env.cr.precommit.data
        if _KEY not in data:
            data[_KEY] = {}
            self.env.cr.precommit.add(self.env["chatbot.flow"]._post_changes)
        return data[_KEY]

    @api.model
    def _post_changes(self):
        """At the end of the transaction, post one message for each changed flow."""
        changes = self.env.cr.precommit.data.pop(_KEY, {})
        changes.pop("new", None)
        for flow in self.browse(changes).exists():
            told = changes[flow.id]
            items = Markup().join(Markup("<li>%s</li>") % line for line in told["lines"])
            more = told["count"] - len(told["lines"])
            if more:
                items += Markup("<li>%s</li>") % self.env._("and %s more changes", more)
            flow._message_log(body=Markup("<ul>%s</ul>") % items)

    def _is_new(self, record):
        """Return whether a step was created in this transaction: its parts need no report."""
        return (record._name, record.id) in self._changes().get("new", ())

    def _note_new(self, records):
        self._changes().setdefault("new", set()).update((r._name, r.id) for r in records)

    def _change_label(self):
        return self.env._("Flow")


class ChatbotFlowStep(models.Model):
    """Reports changes of steps."""

    _inherit = "chatbot.flow.step"

    comment = fields.Text(
        help="Notes for the flow's editors: its reasons, and the person who requested it. Never "
        "sent to anybody, and not part of the published version."
    )

    def _tell_added(self):
        """Report new steps."""
        for flow, added in self.grouped("flow_id").items():
            flow._note_new(added)
            for step in added:
                flow._tell_change(self.env._("Step “%s” added", step.name))

    def write(self, vals):
        """Tell what was changed."""
        result = _told(self, vals, lambda: super(ChatbotFlowStep, self).write(vals))
        if "sequence" in vals:
            for flow in self.filtered(lambda step: not step.flow_id._is_new(step)).flow_id:
                flow._tell_change(self.env._("The order of the steps was changed"))
        return result

    def _tell_removed(self):
        """Tell what is taken away."""
        for step in self:
            step.flow_id._tell_change(self.env._("Step “%s” removed", step.name))

    def _change_label(self):
        return self.env._("Step “%s”", self.name)


class ChatbotFlowOption(models.Model):
    """Reports changes of options."""

    _inherit = "chatbot.flow.option"

    def _tell_added(self):
        """Report new options of existing steps."""
        self.flow_id._note_new(self)
        for option in self:
            if not option.flow_id._is_new(option.step_id):
                option.flow_id._tell_change(self.env._("%s added", option._change_label()))

    def write(self, vals):
        """Tell what was changed."""
        return _told(self, vals, lambda: super(ChatbotFlowOption, self).write(vals))

    def unlink(self):
        """Tell what is taken away."""
        for option in self:
            option.flow_id._tell_change(self.env._("%s removed", option._change_label()))
        return super().unlink()

    def _change_label(self):
        return self.env._(
            "Step “%(step)s”, option “%(option)s”", step=self.step_id.name, option=self.name
        )


def _told(records, vals, write):
    """Call `write()` and report its changes in the flow's chatter, one line per record."""
    names = [name for name in vals if name in records._fields and name not in UNTOLD]
    flow_of = {r: r if r._name == "chatbot.flow" else r.flow_id for r in records}
    old = {
        record: (record._change_label(), {name: record[name] for name in names})
        for record in records
        if names and not flow_of[record]._is_new(record)
    }
    result = write()
    for record, (label, before) in old.items():
        parts = [
            f"{record._fields[name]._description_string(record.env)}: {words}"
            for name, value in before.items()
            if (words := _difference(record, name, value))
        ]
        if parts:
            flow_of[record]._tell_change(f"{label}: {'; '.join(parts)}")
    return result


def _difference(record, name, before):
    """ "“old” → “new”" of a field, "" if nothing changed."""
    after = record[name]
    if before == after:
        return ""
    return f"{_value(record, name, before)} → {_value(record, name, after)}"


def _value(record, name, value):
    """Return a field's value in words."""
    field, env = record._fields[name], record.env
    if field.type == "boolean":
        return env._("yes") if value else env._("no")
    if not value and value != 0:
        return env._("(empty)")
    if field.relational:
        value = ", ".join(value.exists().mapped("display_name"))
    elif field.type == "selection":
        value = dict(field._description_selection(env)).get(value, value)
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= VALUE else text[: VALUE - 1] + '…'}”"
