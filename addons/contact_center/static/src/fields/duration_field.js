import { Component, xml } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { duration } from "../desk/times";

/** A number of seconds as people read a time: "12 min". Only shown, never edited. */
export class DurationField extends Component {
    static template = xml`<span t-out="text" />`;
    static props = { ...standardFieldProps };

    get text() {
        return duration(this.props.record.data[this.props.name] || 0);
    }
}

registry.category("fields").add("contact_center_duration", {
    component: DurationField,
    displayName: _t("Duration"),
    supportedTypes: ["integer", "float"],
    listViewWidth: [80, 140],
});
