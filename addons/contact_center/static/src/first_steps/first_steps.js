import { Component, onWillDestroy, onWillStart, status, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const MODEL = "contact_center.first.steps";
/** How often the page looks again while it is seen, in milliseconds: a message may have come. */
const REFRESH_INTERVAL = 5000;

/** Where a button was pressed last: what it shows may load the page anew, on the same step. */
const pressed = { jsId: "", key: "" };

/** Colour, sign and word of each state of a step: nobody has to tell colours apart. */
export const STATES = {
    done: { color: "success", icon: "fa-check-circle", label: _t("Done") },
    todo: { color: "secondary", icon: "fa-circle-o", label: _t("To do") },
    problem: { color: "danger", icon: "fa-exclamation-circle", label: _t("Problem") },
    skipped: { color: "info", icon: "fa-minus-circle", label: _t("Skipped") },
};

/** Colour and sign of one thing that was looked at. */
export const LEVELS = {
    ok: { color: "success", icon: "fa-check", label: _t("Done") },
    hint: { color: "info", icon: "fa-info-circle", label: _t("Hint") },
    todo: { color: "secondary", icon: "fa-circle-o", label: _t("To do") },
    problem: { color: "danger", icon: "fa-exclamation-circle", label: _t("Problem") },
};

/** From an empty database to the first answered message: what is done, what comes next. */
export class FirstSteps extends Component {
    static template = "contact_center.FirstSteps";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.states = STATES;
        this.levels = LEVELS;
        this.state = useState({ report: null, open: "", skipping: "", words: "", busy: false });
        this.env.config?.setDisplayName?.(_t("First steps"));
        onWillStart(async () => {
            await this.load();
            const { jsId, params } = this.props.action;
            this.state.open =
                pressed.jsId === jsId ? pressed.key : params?.step || this.state.report.next;
        });
        this.timer = browser.setInterval(() => {
            if (document.visibilityState === "visible" && !this.state.busy) {
                this.load(true);
            }
        }, REFRESH_INTERVAL);
        onWillDestroy(() => browser.clearInterval(this.timer));
    }

    /** @param {boolean} silent whether the screen shows no sign of loading */
    async load(silent = false) {
        // A button may have led to another screen meanwhile.
        if (status(this) === "destroyed") {
            return;
        }
        const orm = silent ? this.orm.silent : this.orm;
        const before = this.state.report;
        const report = await orm.call(MODEL, "get_steps");
        // A user on the next step moves on with it.
        if (before && this.state.open === before.next && report.next !== before.next) {
            this.state.open = report.next;
        }
        this.state.report = report;
    }

    get headline() {
        const { finished, done, total } = this.state.report;
        return finished
            ? _t("Everything is ready: the center serves citizens.")
            : _t("%(done)s of %(total)s steps done", { done, total });
    }

    get nextTitle() {
        const { steps, next } = this.state.report;
        return steps.find((step) => step.key === next)?.title || "";
    }

    toggle(key) {
        this.state.open = this.state.open === key ? "" : key;
        this.state.skipping = "";
    }

    /** Presses a button of a step: a screen opens, or a method is called with one's own rights. */
    async press(button) {
        this.state.busy = true;
        Object.assign(pressed, { jsId: this.props.action.jsId, key: this.state.open });
        try {
            let action = button.action;
            if (button.call) {
                const [model, method, ids] = button.call;
                // As the buttons of forms: what comes back is ready to be opened.
                action = await rpc(`/web/dataset/call_button/${model}/${method}`, {
                    model,
                    method,
                    args: [ids],
                    kwargs: { context: user.context },
                });
            }
            if (action && typeof action === "object") {
                // Odoo waits for what is returned before it closes the dialog: nothing is.
                const onClose = () => void this.load();
                await this.action.doAction(action, { onClose });
            }
            await this.load();
        } finally {
            this.state.busy = false;
        }
    }

    async copy(fact) {
        await browser.navigator.clipboard.writeText(fact.value);
        this.notification.add(_t("Copied: %s", fact.label), { type: "success" });
    }

    startSkipping(key) {
        this.state.skipping = key;
        this.state.words = "";
    }

    async skip(key) {
        await this.orm.call(MODEL, "skip", [key, this.state.words]);
        this.state.skipping = "";
        await this.load();
    }

    async takeUp(key) {
        await this.orm.call(MODEL, "take_up", [key]);
        await this.load();
        this.state.open = key;
    }

    async actOpen(on) {
        await this.orm.call("contact_center.demo", "act_open", [on]);
        await this.load();
    }

    openNext() {
        this.action.doAction(this.state.report.then.action);
    }
}

registry.category("actions").add("contact_center.first_steps", FirstSteps);
