import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

let nextId = 0;

/**
 * One line to write for each variable of a template, asked for in words.
 *
 * The variables come from a Json field of the same record, named by the option `variables_field`:
 * `[{key, label, example, later}]`; the field itself holds `{key: text}`.
 */
export class TemplateValues extends Component {
    static template = "whatsapp_helpdesk.TemplateValues";
    static props = { ...standardFieldProps, variablesField: String };

    setup() {
        this.prefix = `whatsapp_template_value_${nextId++}`;
    }

    /** Placeholder for text that only the conversation beginning with the message knows. */
    get later() {
        return _t("filled in when it is sent");
    }

    get variables() {
        return this.props.record.data[this.props.variablesField] || [];
    }

    get values() {
        return this.props.record.data[this.props.name] || {};
    }

    /**
     * @param {string} key of the variable
     * @param {string} text
     */
    onChange(key, text) {
        return this.props.record.update({ [this.props.name]: { ...this.values, [key]: text } });
    }
}

registry.category("fields").add("whatsapp_template_values", {
    component: TemplateValues,
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ variablesField: options.variables_field }),
});
