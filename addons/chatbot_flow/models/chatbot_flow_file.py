# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The flow as a file: export turns record ids into names, import does the reverse."""

import base64
import binascii

from odoo import api, models

from ..engine import exchange

# Maximum size (bytes) of each step's file embedded in the flow's file.
MEDIA_LIMIT = 5 * 1024 * 1024


class ChatbotFlow(models.Model):
    """Export and import."""

    _inherit = "chatbot.flow"

    def action_export(self):
        """Download the draft as a readable file."""
        self.ensure_one()
        self._check_may_edit()
        export = self.env["chatbot.flow.export"].create(
            {
                "filename": f"{self.code}.yaml",
                "file": base64.b64encode(self._to_file().encode()),
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{export._name}/{export.id}/file?download=true"
            f"&filename={export.filename}",
            "target": "self",
        }

    def _to_file(self):
        """Return the draft as YAML text (its keys: docs/developer/flow-format.md)."""
        self.ensure_one()
        document = {**self._definition(), "code": self.code or "", "note": self.note or ""}
        document["steps"] = [dict(step) for step in document["steps"]]
        for step in document["steps"]:
            step["options"] = [dict(option) for option in step.get("options") or ()]
            if not step["options"]:
                del step["options"]
        self._names_for_ids(document)
        document["tests"] = self._tests_for_file()
        return exchange.dump(document, self._file_keys())

    @api.model
    def _file_keys(self):
        """Return an addon's keys of steps and options in files, and their types (hook).

        :return: {"step" or "option": {key: type of `engine.exchange_keys`}}
        """
        return {}

    def _names_for_ids(self, document):
        """Replace this database's ids in a definition by names, in place (hook)."""
        queue_ids = [step["queue"] for step in document["steps"] if step.get("queue")]
        # sudo: contact_center.queue - the name of a queue that the flow refers to anyway
        queues = self.env["contact_center.queue"].sudo().browse(queue_ids).exists()
        names = {queue.id: queue.name for queue in queues}
        skill_ids = [step["skill"] for step in document["steps"] if step.get("skill")]
        # sudo: im_livechat.expertise - as above
        skills = self.env["im_livechat.expertise"].sudo().browse(skill_ids).exists()
        skill_names = {skill.id: skill.name for skill in skills}
        found = [step["disposition"] for step in document["steps"] if step.get("disposition")]
        # sudo: contact_center.disposition - as above
        dispositions = self.env["contact_center.disposition"].sudo().browse(found).exists()
        subjects = {disposition.id: disposition.complete_name for disposition in dispositions}
        for step in document["steps"]:
            if step.get("disposition"):
                step["disposition"] = subjects.get(step["disposition"], "")
            if step.get("queue"):
                step["queue"] = names.get(step["queue"], "")
            if step.get("skill"):
                step["skill"] = skill_names.get(step["skill"], "")
            if step.get("media"):
                step["media"] = [self._medium_for_file(item) for item in step["media"]]

    def _ids_for_names(self, document):
        """Replace names from a file by this database's ids, in place (hook).

        :return: list of readable texts about missing records
        """
        notices = []
        here = {
            "queue": self._ids_by_name("contact_center.queue"),
            "skill": self._ids_by_name("im_livechat.expertise"),
            "disposition": self._ids_by_name("contact_center.disposition"),
        }
        for step in document["steps"]:
            title = step.get("title") or step["key"]
            for key, ids in here.items():
                if step.get(key):
                    name = str(step[key])
                    step[key] = ids.get(name.casefold())
                    if not step[key]:
                        notices.append(
                            self.env._(
                                "Step “%(step)s”: “%(name)s” does not exist here. Choose another.",
                                step=title,
                                name=name,
                            )
                        )
            if step.get("media"):
                files = [self._file_for_medium(item) for item in step["media"]]
                step["media"] = [file for file in files if file]
                if len(step["media"]) < len(files):
                    notices.append(
                        self.env._("Step “%s”: a file is missing. Send it again.", title)
                    )
        return notices

    @api.model
    def _ids_by_name(self, model):
        """Return {name in lower case: id} of a model with few records."""
        return {
            record[record._rec_name].casefold(): record.id for record in self.env[model].search([])
        }

    @api.model
    def _medium_for_file(self, item):
        """Return a step's file for the flow's file: with its content, unless it is too big."""
        # sudo: ir.attachment - a file of a flow that the user may read
        attachment = self.env["ir.attachment"].sudo().browse(item["attachment_id"]).exists()
        medium = {"filename": item.get("filename") or "", "kind": item["kind"]}
        if attachment and attachment.file_size <= MEDIA_LIMIT:
            medium["data"] = base64.encodebytes(attachment.raw).decode().rstrip("\n")
        return medium

    def _file_for_medium(self, item):
        """Return an entry's attachment as a definition names it; None without one.

        The entry is one of a flow's file.
        """
        data = item.get("data") if isinstance(item, dict) else None
        if not isinstance(data, str) or len(data) > 2 * MEDIA_LIMIT:
            return None
        try:
            raw = base64.b64decode("".join(data.split()), validate=True)
        except (binascii.Error, ValueError):
            return None
        name = str(item.get("filename") or "arquivo")
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": raw, "res_model": self._name, "res_id": self.id}
        )
        return {"attachment_id": attachment.id}

    @api.model
    def _new_from_document(self, data):
        """Create an empty flow with a document's name, and its code if that is still free."""
        code = data.get("code") or False
        if code and self.with_context(active_test=False).search_count([("code", "=", code)]):
            code = False
        return self.create({"name": data["name"], "code": code})

    def _action_open(self):
        """Open this flow."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _load_document(self, data):
        """Make the draft equal to a file's content (:class:`exchange.Document`'s data).

        :return: list of readable texts about missing records
        """
        self.ensure_one()
        document = {**data, "steps": [dict(step) for step in data["steps"]]}
        notices = self._ids_for_names(document)
        document.pop("code", None)
        tests = document.pop("tests", None)
        self.note = document.pop("note", False)
        return notices + self._load_definition(document) + self._load_tests(tests)
