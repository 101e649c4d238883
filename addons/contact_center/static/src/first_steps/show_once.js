import { Component } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Something secret that is shown this once: a link of invitation, a token to copy. */
export class ShowOnceDialog extends Component {
    static template = "contact_center.ShowOnceDialog";
    static components = { Dialog };
    static props = { title: String, intro: String, rows: Array, close: Function };

    setup() {
        this.notification = useService("notification");
    }

    async copy(row) {
        await browser.navigator.clipboard.writeText(row.value);
        this.notification.add(_t("Copied: %s", row.label), { type: "success" });
    }
}

/** Client action: shows the dialog, and closes the one from which it was asked for. */
function showOnce(env, action) {
    const { title, intro, rows } = action.params;
    return new Promise((resolve) => {
        env.services.dialog.add(
            ShowOnceDialog,
            { title, intro, rows },
            { onClose: () => resolve({ type: "ir.actions.act_window_close" }) }
        );
    });
}

registry.category("actions").add("contact_center.show_once", showOnce);
