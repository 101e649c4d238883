import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

let nextId = 0;

/**
 * All choices as lines of a list, one of which is chosen: by a click, a tap or the arrow keys.
 *
 * The choices come from a Json field of the same record, named by the option `options_field`:
 * `[{id, name, state?, online?, paused?, served?}]`; what is optional is shown where it is given.
 * For a char field, which then holds the id, and for a many2one.
 */
export class ChoiceField extends Component {
    static template = "contact_center.ChoiceField";
    static props = {
        ...standardFieldProps,
        optionsField: String,
        placeholder: { type: String, optional: true },
    };

    setup() {
        this.group = `contact_center_choice_${nextId++}`;
    }

    get choices() {
        return this.props.record.data[this.props.optionsField] || [];
    }

    get value() {
        const value = this.props.record.data[this.props.name];
        return value?.id ?? value;
    }

    /** @param {{id: number|string, name: string}} choice */
    onChange({ id, name }) {
        const isRecord = this.props.record.fields[this.props.name].type === "many2one";
        return this.props.record.update({
            [this.props.name]: isRecord ? { id, display_name: name } : id,
        });
    }

    /** @param {{online: boolean}} choice */
    presence({ online }) {
        return online ? _t("In the system") : _t("Not in the system");
    }

    /** @param {number} count conversations that somebody serves */
    servedText(count) {
        return count === 1 ? _t("1 conversation") : _t("%s conversations", count);
    }
}

registry.category("fields").add("contact_center_choice", {
    component: ChoiceField,
    supportedTypes: ["char", "many2one"],
    extractProps: ({ options, placeholder }) => ({
        optionsField: options.options_field,
        placeholder,
    }),
});
