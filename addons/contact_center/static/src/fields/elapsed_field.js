import { Component, useState } from "@odoo/owl";

import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { duration, goalState } from "../desk/times";

/**
 * A time of the past as what has gone by since, moving on by itself; the time itself as tooltip.
 *
 * The option `goal_field` names a field in seconds: near it and past it the time takes colour.
 */
export class ElapsedField extends Component {
    static template = "contact_center.ElapsedField";
    static props = { ...standardFieldProps, goalField: { type: String, optional: true } };

    setup() {
        this.desk = useState(useService("contact_center.desk"));
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get seconds() {
        return Math.max(0, this.desk.now.diff(this.value, "seconds").seconds);
    }

    get text() {
        return this.value ? duration(this.seconds) : "";
    }

    get title() {
        return this.value ? formatDateTime(this.value) : "";
    }

    get className() {
        const goal = this.props.goalField && this.props.record.data[this.props.goalField];
        const waits = this.props.record.data.state === "queued";
        const state = this.value && waits ? goalState(this.seconds, goal) : "";
        return { near: "text-warning fw-bold", late: "text-danger fw-bold" }[state] || "";
    }
}

registry.category("fields").add("contact_center_elapsed", {
    component: ElapsedField,
    displayName: _t("Time gone by"),
    supportedTypes: ["datetime"],
    listViewWidth: [80, 140],
    extractProps: ({ options }) => ({ goalField: options.goal_field }),
});
