import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** How often the page looks again while it is seen, in milliseconds. */
const REFRESH_INTERVAL = 10000;

/** Colour, sign and word of each level: nobody has to tell colours apart. */
export const LEVELS = {
    ok: { color: "success", icon: "fa-check-circle", label: _t("Working") },
    warning: { color: "warning", icon: "fa-exclamation-triangle", label: _t("Attention") },
    error: { color: "danger", icon: "fa-times-circle", label: _t("Not working") },
};

/** The administrator's look at everything: green, yellow or red, in words, with what to do. */
export class HealthPage extends Component {
    static template = "contact_center_operation.HealthPage";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.levels = LEVELS;
        this.state = useState({ report: null, open: "", failed: [], busy: false });
        this.env.config?.setDisplayName?.(_t("System health"));
        onWillStart(() => this.load());
        this.timer = browser.setInterval(() => {
            if (document.visibilityState === "visible") {
                this.load(true);
            }
        }, REFRESH_INTERVAL);
        onWillDestroy(() => browser.clearInterval(this.timer));
    }

    /** @param {boolean} silent whether the screen shows no sign of loading */
    async load(silent = false) {
        const orm = silent ? this.orm.silent : this.orm;
        this.state.report = await orm.call("contact_center.health", "get_report");
        if (this.state.open) {
            await this.loadFailed();
        }
    }

    async loadFailed() {
        this.state.failed = await this.orm.silent.call("contact_center.health", "get_failed", [
            this.state.open,
        ]);
    }

    /** The whole page in one sentence. */
    get headline() {
        return {
            ok: _t("Everything works."),
            warning: _t("Everything works, some things need attention."),
            error: _t("Something does not work."),
        }[this.state.report.level];
    }

    get checkedAt() {
        return deserializeDateTime(this.state.report.at).toFormat("HH:mm:ss");
    }

    /** Leads to the first step that mends what was found. */
    openStep(step) {
        this.action.doAction({
            type: "ir.actions.client",
            tag: "contact_center.first_steps",
            name: _t("First steps"),
            path: "primeiros-passos",
            params: { step },
        });
    }

    /** Opens or closes the list of what failed. */
    async toggle(kind) {
        this.state.open = this.state.open === kind ? "" : kind;
        this.state.failed = [];
        if (this.state.open) {
            await this.loadFailed();
        }
    }

    /** Processes one failed item again, or all of its kind. */
    async processAgain(kind, id = null) {
        this.state.busy = true;
        try {
            const count = await this.orm.call("contact_center.health", "process_again", [kind], {
                record_id: id,
            });
            this.notification.add(_t("Being processed again: %s", count), { type: "info" });
            await this.load(true);
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("actions").add("contact_center_operation.health", HealthPage);
