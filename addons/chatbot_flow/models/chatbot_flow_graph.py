# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools.lru import LRU

from ..engine.chart import FLOW, FLOW_PREFIX, chart, find
from ..engine.folding import SHOWN, fold

# Cached charts of this process, by a draft's token or a version's digest.
_CHARTS = LRU(16)
# Longer arrow labels are truncated: the diagram shows them in full on hover.
LABEL = 28
# Characters of a step's text that are sent.
SNIPPET = 160


class ChatbotFlow(models.Model):
    """The flow as a graph for the diagram beside the form (see `static/src/picture`)."""

    _inherit = "chatbot.flow"

    @api.readonly
    def get_graph(self, opened=(), closed=(), focus=""):
        """Return the diagram of the draft.

        A large flow is folded (:func:`chatbot_flow.engine.folding.fold`): only the visible part is
        sent.

        :param opened: keys of boxes to open
        :param closed: keys of boxes to fold
        :param focus: key of a step that must be shown
        :return: `nodes` [{key, id (of the step, or False), flow_id (of a called flow, or False),
            kind, title, text, depth, hidden (steps folded behind it), open (may be folded), dead,
            problems [{severity, text}]}], `edges` [{from, to, label, title, aside (a way of
            failure), folded (its end is behind the box)}], `problems` {severity: count}, `kinds`
            [{kind, name}], `start`, `total` (steps in the flow)
        """
        self.ensure_one()
        self.check_access("read")
        graph = self._graph(self._chart(), opened, closed, focus)
        keys = [node["key"] for node in graph["nodes"]]
        steps = self.env["chatbot.flow.step"].search_fetch(
            [("flow_id", "=", self.id), ("key", "in", keys)], ["key"]
        )
        ids = {step.key: step.id for step in steps}
        found = self._known_problems() or ()
        by_key = {}
        for problem in found:
            by_key.setdefault(problem["key"], []).append(
                {"severity": problem["severity"], "text": problem["text"]}
            )
        for node in graph["nodes"]:
            node.update(id=ids.get(node["key"], False), problems=by_key.get(node["key"], []))
        graph["problems"] = self._count_problems(found)
        return graph

    @api.readonly
    def find_steps(self, words):
        """Return steps that contain the words, best first: [{key, id, title, option}]."""
        self.ensure_one()
        self.check_access("read")
        rows = find(self._chart(), words)
        steps = self.env["chatbot.flow.step"].search_fetch(
            [("flow_id", "=", self.id), ("key", "in", [row[0] for row in rows])], ["key"]
        )
        ids = {step.key: step.id for step in steps}
        return [
            {"key": key, "id": ids.get(key, False), "title": title, "option": option}
            for key, title, option in rows
        ]

    def _chart(self):
        """Return the chart of the draft (:class:`chatbot_flow.engine.chart.Chart`)."""
        self.ensure_one()
        key = self._draft_key()
        found = key and _CHARTS.get(key)
        if not found:
            found = chart(self._definition())
            if key:
                _CHARTS[key] = found
        return found

    @api.model
    def _graph(self, drawn, opened, closed, focus):
        """Return `drawn` (a Chart) as rows for the browser, without draft-only data."""
        folded = fold(drawn, opened, closed, focus)
        shown = set(folded.shown)
        is_large = len(drawn.nodes) > SHOWN
        flows = self._called_flows(drawn)
        nodes = []
        for key in folded.shown:
            node = drawn.nodes[key]
            flow = flows.get(key)
            nodes.append(
                {
                    "key": key,
                    "id": False,
                    "flow_id": flow.id if flow else False,
                    "kind": node.kind,
                    "title": flow.name if flow else node.title,
                    "text": node.text[:SNIPPET],
                    "depth": folded.depths[key],
                    "hidden": folded.hidden.get(key, 0),
                    "open": is_large and key in folded.open and key != drawn.start,
                    "dead": node.dead,
                    "problems": [],
                }
            )
        return {
            "nodes": nodes,
            "edges": self._edge_rows(drawn, folded, shown),
            "problems": {},
            "kinds": self._kind_rows(drawn),
            "start": drawn.start,
            "total": sum(node.kind != FLOW for node in drawn.nodes.values()),
        }

    @api.model
    def _edge_rows(self, drawn, folded, shown):
        names = self._way_names()
        rows, seen = [], set()
        for edge in drawn.edges:
            target = folded.above(edge.target, shown) if edge.source in shown else ""
            if (
                not target
                or (target == edge.source != edge.target)
                or (edge.source, target) in seen
            ):
                continue
            seen.add((edge.source, target))
            label = ", ".join(
                filter(None, (title or names.get(field, "") for field, title in edge.ways))
            )
            rows.append(
                {
                    "from": edge.source,
                    "to": target,
                    "label": label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…",
                    "title": label,
                    "aside": all(field.startswith("on_") for field, _title in edge.ways),
                    "folded": target != edge.target,
                }
            )
        return rows

    @api.model
    def _way_names(self):
        return {
            "yes": self.env._("yes"),
            "on_false": self.env._("no"),
            "on_empty": self.env._("nothing found"),
            "on_error": self.env._("if it fails"),
            "on_fail": self.env._("not understood"),
            "on_change": self.env._("correct"),
            "on_cancel": self.env._("cancel"),
            "call": self.env._("calls"),
        }

    @api.model
    def _kind_rows(self, drawn):
        names = self.env["chatbot.flow.step"]._kind_names() | {FLOW: self.env._("Another flow")}
        used = {node.kind for node in drawn.nodes.values()}
        return [{"kind": kind, "name": name} for kind, name in names.items() if kind in used]

    @api.model
    def _called_flows(self, drawn):
        codes = {
            key.removeprefix(FLOW_PREFIX): key
            for key, node in drawn.nodes.items()
            if node.kind == FLOW
        }
        flows = self.search_fetch([("code", "in", list(codes))], ["code", "name"]) if codes else []
        return {codes[flow.code]: flow for flow in flows}


class ChatbotFlowVersion(models.Model):
    """A published version as a graph."""

    _inherit = "chatbot.flow.version"

    @api.readonly
    def get_graph(self, opened=(), closed=(), focus=""):
        """Return the diagram of the version; its steps cannot be opened.

        See `chatbot.flow.get_graph`.
        """
        self.ensure_one()
        self.check_access("read")
        return self.env["chatbot.flow"]._graph(self._chart(), opened, closed, focus)

    @api.readonly
    def find_steps(self, words):
        """Return steps that contain the words; see `chatbot.flow.find_steps`."""
        self.ensure_one()
        self.check_access("read")
        return [
            {"key": key, "id": False, "title": title, "option": option}
            for key, title, option in find(self._chart(), words)
        ]

    def _chart(self):
        """Return the chart of the version (:class:`chatbot_flow.engine.chart.Chart`)."""
        drawn = _CHARTS.get(self.digest)
        if not drawn:
            drawn = _CHARTS[self.digest] = chart(self.definition)
        return drawn
