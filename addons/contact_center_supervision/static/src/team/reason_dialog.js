import { Component, useState } from "@odoo/owl";

import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus } from "@web/core/utils/hooks";

/** Asks a leader why, before they watch or join: the reason is recorded. */
export class ReasonDialog extends Component {
    static template = "contact_center_supervision.ReasonDialog";
    static components = { Dialog };
    static props = {
        title: String,
        hint: String,
        button: String,
        /** Reasons to choose from, [code, words]; without any the words are typed. */
        reasons: { type: Array, optional: true },
        confirm: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ code: this.props.reasons?.[0]?.[0] || "", text: "" });
        this.textLabel = this.props.reasons ? _t("Details (optional)") : _t("Reason");
        useAutofocus({ refName: "text" });
    }

    get reason() {
        const words = Object.fromEntries(this.props.reasons || [])[this.state.code];
        return [words, this.state.text.trim()].filter(Boolean).join(": ");
    }

    async onConfirm() {
        const { reason } = this;
        this.props.close();
        await this.props.confirm(reason);
    }
}
