import { Component } from "@odoo/owl";

import { Dialog } from "@web/core/dialog/dialog";

/** Says why a file cannot be sent as it is, and what may be done about it. */
export class FileDialog extends Component {
    static template = "contact_center.FileDialog";
    static components = { Dialog };
    static props = {
        problem: String,
        choices: { type: Array, element: Object },
        choose: Function,
        close: Function,
    };

    /** @param {string} id of the choice; "" for none */
    onClick(id) {
        this.props.choose(id);
        this.props.close();
    }
}

/**
 * @param {Object} dialog the service
 * @param {{problem: string, choices: {id: string, label: string}[]}} verdict of the server
 * @returns {Promise<string>} id of what the user chose, "" for nothing
 */
export function askAboutFile(dialog, { problem, choices }) {
    return new Promise((resolve) => {
        dialog.add(
            FileDialog,
            { problem, choices, choose: resolve },
            { onClose: () => resolve("") }
        );
    });
}
