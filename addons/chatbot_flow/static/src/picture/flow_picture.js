import { Component, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";

import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { useCamera } from "./camera";
import { layOut, NODE } from "./layout";
import { useStepDialog } from "./step_dialog";
import { StepSearch } from "./step_search";

/** Characters of a box's two lines. */
const [TITLE, TEXT] = [27, 34];
/** Smaller than this a box cannot be read: a large flow is shown from its beginning. */
const READABLE = 0.45;
const DAYS = [7, 30, 90];

/**
 * The whole flow as a picture: boxes and arrows from left to right.
 *
 * Drawn from `get_graph` of the record's model (a flow or a version of one), anew whenever the
 * field named by the option `token` changes, which is whenever the record was saved. A click on a
 * box opens its step; where steps are folded, a button of the box shows them.
 */
export class FlowPicture extends Component {
    static template = "chatbot_flow.FlowPicture";
    static components = { StepSearch };
    static props = { ...standardWidgetProps, token: String };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.openStep = useStepDialog();
        this.svg = useRef("svg");
        this.camera = useCamera(this.svg);
        this.keepLast = new KeepLast();
        this.node = NODE;
        this.periods = DAYS;
        this.state = useState({
            graph: null,
            drawing: null,
            opened: new Set(),
            closed: new Set(),
            marked: "",
            days: 0,
            counts: null,
            wide: false,
        });
        useEffect(
            () => {
                this.load();
            },
            () => [this.props.record.resId, this.token]
        );
        useEffect(
            () => {
                if (this.state.drawing) {
                    this.redraw();
                }
            },
            () => [this.state.wide]
        );
        useBus(this.env.bus, "CHATBOT_FLOW:STEP", ({ detail }) => this.onSimulated(detail));
        useBus(this.env.bus, "CHATBOT_FLOW:CHANGED", ({ detail }) => this.onChanged(detail));
        onWillUnmount(() => {
            this.gone = true;
        });
    }

    get token() {
        return this.props.record.data[this.props.token];
    }

    get isFlow() {
        return this.props.record.resModel === "chatbot.flow";
    }

    /**
     * Reads and draws what is to be shown.
     *
     * @param {string} [focus] key of a step that must be seen; then it stands in the middle
     */
    async load(focus = "") {
        const { resId, resModel } = this.props.record;
        if (!resId) {
            this.state.graph = null;
            return;
        }
        const first = !this.state.graph;
        const drawn = this.orm.silent
            .call(resModel, "get_graph", [resId], {
                opened: [...this.state.opened],
                closed: [...this.state.closed],
                focus,
            })
            .then(async (graph) => ({ graph, drawing: await layOut(graph, this.camera.size) }));
        const { graph, drawing } = await this.keepLast.add(drawn);
        if (this.gone) {
            return;
        }
        Object.assign(this.state, { graph, drawing });
        if (focus) {
            this.show(focus);
        } else if (first && this.svg.el) {
            this.camera.fit(drawing, READABLE);
        }
    }

    /** Draws the same anew for another size of what is seen. */
    async redraw() {
        this.state.drawing = await layOut(this.state.graph, this.camera.size);
        this.camera.fit(this.state.drawing, READABLE);
    }

    /** @param {string} key of a step that is drawn: marked, and put in the middle */
    show(key) {
        const box = this.state.drawing.boxes.get(key);
        if (box) {
            this.state.marked = key;
            this.camera.centre(box.x + NODE.width / 2, box.y + NODE.height / 2);
        }
    }

    /**
     * The simulator stands at another step: it is marked here as well.
     *
     * @param {{flowId: number, key: string}} place
     */
    onSimulated({ flowId, key }) {
        if (this.isFlow && flowId === this.props.record.resId && key && this.state.drawing) {
            if (this.state.drawing.boxes.has(key)) {
                this.show(key);
            } else {
                this.load(key);
            }
        }
    }

    /**
     * Something of the flow was changed beside the form, which shows it unless it is being edited.
     *
     * @param {{flowId: number}} flow
     */
    async onChanged({ flowId }) {
        const { record } = this.props;
        if (this.isFlow && flowId === record.resId && !(await record.isDirty())) {
            await record.load();
        }
    }

    // ----------------------------------------------------------
    // Boxes
    // ----------------------------------------------------------

    /** @param {Object} node */
    place(node) {
        const { x, y } = this.state.drawing.boxes.get(node.key);
        return `translate(${x} ${y})`;
    }

    /** @param {Object} node */
    boxClass(node) {
        const worst = ["error", "warning"].find((severity) =>
            node.problems.some((problem) => problem.severity === severity)
        );
        const marks = [`o_kind_${node.kind}`];
        if (worst === "error" || (node.dead && this.isFlow)) {
            marks.push("o_wrong");
        } else if (worst) {
            marks.push("o_doubtful");
        }
        if (node.key === this.state.marked) {
            marks.push("o_marked");
        }
        if (node.id || node.flow_id) {
            marks.push("o_opens");
        }
        return marks.join(" ");
    }

    /** @param {Object} node */
    kindName(node) {
        return this.state.graph.kinds.find(({ kind }) => kind === node.kind)?.name || node.kind;
    }

    /**
     * Text of a box for a resting mouse and for screen readers.
     *
     * @param {Object} node
     */
    words(node) {
        const lines = [`${this.kindName(node)}: ${node.title}`];
        if (node.text) {
            lines.push(node.text);
        }
        if (node.dead && !node.problems.length) {
            lines.push(_t("Nothing follows."));
        }
        lines.push(...node.problems.map(({ text }) => text));
        return lines.join("\n");
    }

    /** @param {Object} node */
    foldText(node) {
        return node.hidden
            ? _t("Show %s more steps", node.hidden)
            : _t("Fold the steps behind this one");
    }

    /**
     * The little button of a box: how many steps are folded behind it, or that it may be folded.
     *
     * @param {Object} node
     * @returns {{text: string, width: number}}
     */
    foldMark(node) {
        const text = node.hidden ? `+${node.hidden}` : "−";
        return { text, width: 11 + 7 * text.length };
    }

    /** @param {number} days */
    periodText(days) {
        return _t("Citizens of the last %s days", days);
    }

    get totalText() {
        const { total, nodes } = this.state.graph;
        const shown = nodes.filter(({ kind }) => kind !== "flow").length;
        return shown === total
            ? _t("%s steps", total)
            : _t("%(shown)s of %(total)s steps", { shown, total });
    }

    get wideText() {
        return this.state.wide ? _t("Beside the form") : _t("Whole window");
    }

    cut(text, length = TEXT) {
        return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
    }

    cutTitle(text) {
        return this.cut(text, TITLE);
    }

    /** @param {Object} node */
    async onOpen(node) {
        this.state.marked = node.key;
        if (node.id) {
            await this.openStep(this.props.record, node.id);
        } else if (node.flow_id) {
            await this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "chatbot.flow",
                res_id: node.flow_id,
                views: [[false, "form"]],
            });
        }
    }

    /**
     * Shows or folds what is behind a box.
     *
     * @param {Object} node
     */
    async onFold(node) {
        const [to, from] = node.open
            ? [this.state.closed, this.state.opened]
            : [this.state.opened, this.state.closed];
        to.add(node.key);
        from.delete(node.key);
        await this.load(node.key);
    }

    // ----------------------------------------------------------
    // Arrows and how many citizens took them
    // ----------------------------------------------------------

    /** @param {Object} edge */
    count(edge) {
        return this.state.counts?.[`${edge.from}>${edge.to}`] || 0;
    }

    /** @param {Object} edge */
    edgeLabel(edge) {
        const count = this.count(edge);
        return count ? [edge.label, `(${count})`].filter(Boolean).join(" ") : edge.label;
    }

    /** @param {Object} edge */
    edgeWidth(edge) {
        const most = Math.max(1, ...Object.values(this.state.counts || {}));
        return 1.2 + (4 * this.count(edge)) / most;
    }

    /** @param {Event} ev */
    async onPeriod(ev) {
        this.state.days = Number(ev.target.value);
        this.state.counts = null;
        if (!this.state.days) {
            return;
        }
        const today = luxon.DateTime.now();
        const rows = await this.orm.call(
            "chatbot.flow",
            "get_edge_counts",
            [this.props.record.resId],
            {
                date_from: serializeDate(today.minus({ days: this.state.days })),
                date_to: serializeDate(today),
            }
        );
        const counts = {};
        for (const { from, to, count } of rows) {
            counts[`${from}>${to}`] = (counts[`${from}>${to}`] || 0) + count;
        }
        this.state.counts = counts;
    }

    get noCounts() {
        return this.state.counts && !Object.keys(this.state.counts).length;
    }

    /** @param {{key: string}} row a step that was looked for */
    async onPick(row) {
        if (this.state.drawing?.boxes.has(row.key)) {
            this.show(row.key);
        } else {
            await this.load(row.key);
        }
    }

    // ----------------------------------------------------------
    // The visible part
    // ----------------------------------------------------------

    onFit() {
        this.camera.fit(this.state.drawing);
    }

    onWide() {
        this.state.wide = !this.state.wide;
    }

    /** @param {KeyboardEvent} ev */
    onKey(ev) {
        if (ev.target !== this.svg.el) {
            return;
        }
        if (ev.key === "0") {
            this.onFit();
        } else if (!this.camera.onKey(ev.key)) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /**
     * A box is a button: it is opened by Enter and by the space bar too.
     *
     * @param {KeyboardEvent} ev
     * @param {Function} act
     */
    onButtonKey(ev, act) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            ev.stopPropagation();
            act();
        }
    }
}

registry.category("view_widgets").add("flow_picture", {
    component: FlowPicture,
    extractProps: ({ options }) => ({ token: options.token || "draft_token" }),
});
