import { formatTime } from "@contact_center/desk/panel/times";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Messages of a conversation with a tick each, and buttons for all of the citizen's and none.
 *
 * The messages come from a Json field of the same record, named by the option `options_field`:
 * `[{id, at, author, text, files, citizen}]`; the field itself holds the ids of those ticked.
 */
export class MessageTicks extends Component {
    static template = "glpi_connector.MessageTicks";
    static props = { ...standardFieldProps, optionsField: String };

    setup() {
        this.formatTime = formatTime;
    }

    get messages() {
        return this.props.record.data[this.props.optionsField] || [];
    }

    get chosen() {
        return this.props.record.data[this.props.name] || [];
    }

    /** How many are ticked, in words. */
    get countText() {
        return _t("%(chosen)s of %(total)s go along", {
            chosen: this.chosen.length,
            total: this.messages.length,
        });
    }

    /** @param {number[]} ids */
    choose(ids) {
        return this.props.record.update({ [this.props.name]: ids });
    }

    chooseAll() {
        return this.choose(this.messages.filter(({ citizen }) => citizen).map(({ id }) => id));
    }

    chooseNone() {
        return this.choose([]);
    }

    /** @param {{id: number}} message */
    toggle({ id }) {
        const others = this.chosen.filter((one) => one !== id);
        return this.choose(others.length < this.chosen.length ? others : [...others, id]);
    }
}

registry.category("fields").add("glpi_message_ticks", {
    component: MessageTicks,
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ optionsField: options.options_field }),
});
