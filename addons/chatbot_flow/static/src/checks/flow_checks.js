import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { useStepDialog } from "../picture/step_dialog";

/** Severities, the worst first: what they look like and are called. */
const SEVERITIES = {
    error: {
        icon: "fa-times-circle",
        colour: "danger",
        name: (count) =>
            count === 1
                ? _t("1 error prevents publishing")
                : _t("%s errors prevent publishing", count),
    },
    warning: {
        icon: "fa-exclamation-triangle",
        colour: "warning",
        name: (count) => (count === 1 ? _t("1 warning") : _t("%s warnings", count)),
    },
    hint: {
        icon: "fa-lightbulb-o",
        colour: "info",
        name: (count) => (count === 1 ? _t("1 hint") : _t("%s hints", count)),
    },
};

/**
 * Findings of the checks in a flow, by severity, each line a link to its step.
 *
 * For a Json field `{counts: {severity: n}, rows: [{severity, text, key, step_id}], waiting}`.
 */
export class FlowChecks extends Component {
    static template = "chatbot_flow.FlowChecks";
    static props = standardFieldProps;

    setup() {
        this.openStep = useStepDialog();
        this.state = useState({ shown: {} });
    }

    get checks() {
        return this.props.record.data[this.props.name] || { counts: {}, rows: [] };
    }

    get groups() {
        const { counts, rows } = this.checks;
        return Object.keys(SEVERITIES)
            .filter((severity) => counts[severity])
            .map((severity) => ({
                severity,
                ...SEVERITIES[severity],
                title: SEVERITIES[severity].name(counts[severity]),
                open: this.isOpen(severity),
                rows: rows.filter((row) => row.severity === severity),
                more: counts[severity] - rows.filter((row) => row.severity === severity).length,
            }));
    }

    get isFine() {
        return this.props.record.resId && !this.checks.waiting && !this.checks.counts.error;
    }

    /** Errors are shown until somebody folds them, the rest when somebody asks for it. */
    isOpen(severity) {
        return this.state.shown[severity] ?? severity === "error";
    }

    /** @param {{more: number}} group */
    moreText(group) {
        return _t("and %s more", group.more);
    }

    /** @param {string} severity */
    onToggle(severity) {
        this.state.shown[severity] = !this.isOpen(severity);
    }

    /** @param {{step_id: number}} row */
    onOpen(row) {
        return this.openStep(this.props.record, row.step_id);
    }
}

registry.category("fields").add("flow_checks", {
    component: FlowChecks,
    supportedTypes: ["json"],
});
