import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** How an action ends in the simulator. */
const RESULTS = [
    { value: "ok", label: _t("works") },
    { value: "empty", label: _t("works, finds nothing") },
    { value: "error", label: _t("fails") },
];
/** How a test went: the sign and the word, so that nobody has to tell colours apart. */
const OUTCOMES = {
    passed: { icon: "fa-check-circle text-success", label: _t("Passed") },
    failed: { icon: "fa-times-circle text-danger", label: _t("Failed") },
    never: { icon: "fa-circle-o text-muted", label: _t("Not run yet") },
};
const TEST = "chatbot.flow.test";

/** The panels beside the telephone: the values, the way, the situation and the flow tests. */
export class SimulatorSide extends Component {
    static template = "chatbot_flow.SimulatorSide";
    static props = { run: Object, ask: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.results = RESULTS;
        this.outcomes = OUTCOMES;
        this.tabs = [
            { key: "values", label: _t("Values") },
            { key: "path", label: _t("Way") },
            { key: "situation", label: _t("Situation") },
            { key: "tests", label: _t("Tests") },
        ];
        this.state = useState({
            tab: "values",
            tests: [],
            name: "",
            strictness: "texts",
            mayEdit: false,
        });
        /** The name that is being typed: no answer of the server takes it away meanwhile. */
        this.typedName = undefined;
        onWillStart(async () => {
            this.state.mayEdit = await user.hasGroup("contact_center.group_administrator");
        });
    }

    get settings() {
        return this.props.run.settings;
    }

    /** @param {string} key of a tab */
    async open(key) {
        this.state.tab = key;
        if (key === "tests") {
            await this.loadTests();
        }
    }

    // ----------------------------------------------------------
    // The situation
    // ----------------------------------------------------------

    /** @param {Object} changed settings that are other ones now */
    async configure(changed) {
        await this.props.ask("configure", ({ settings }) => ({ ...settings, ...changed }));
    }

    /** @param {InputEvent} event of the field for the citizen's name */
    onTypeName(event) {
        this.typedName = event.target.value;
    }

    async confirmName() {
        const name = this.typedName;
        if (name !== undefined && name !== this.settings.name) {
            await this.configure({ name });
        }
        if (this.typedName === name) {
            this.typedName = undefined;
        }
    }

    /** @param {InputEvent} event of a field for a whole number */
    number(event) {
        return Math.max(0, parseInt(event.target.value, 10) || 0);
    }

    /** @param {string} name of an action */
    resultOf(name) {
        return this.settings.actions[name]?.result || "ok";
    }

    /** Result of an action: the one set, else the sample. */
    valueOf(name, value) {
        return this.settings.actions[name]?.values?.[value.name] ?? value.sample;
    }

    /**
     * @param {string} name of an action
     * @param {Object} changed `{result}` or `{values}`
     */
    async configureAction(name, changed) {
        const before = this.settings.actions[name] || { result: "ok", values: {} };
        const values = { ...before.values, ...changed.values };
        await this.configure({
            actions: { ...this.settings.actions, [name]: { ...before, ...changed, values } },
        });
    }

    // ----------------------------------------------------------
    // The way
    // ----------------------------------------------------------

    /** @param {Object} step opens it, to be changed */
    async openStep(step) {
        await this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: "chatbot.flow.step",
                res_id: step.step_id,
                views: [[false, "form"]],
                target: "new",
            },
            {
                onClose: async () => {
                    this.tellChanged();
                    await this.props.ask("get_run");
                },
            }
        );
    }

    /** The form beside shows what was changed here. */
    tellChanged() {
        this.env.bus.trigger("CHATBOT_FLOW:CHANGED", { flowId: this.props.run.flow.id });
    }

    // ----------------------------------------------------------
    // Tests
    // ----------------------------------------------------------

    async loadTests() {
        this.state.tests = await this.orm.silent.searchRead(
            TEST,
            [["flow_id", "=", this.props.run.flow.id]],
            ["name", "result", "result_text"]
        );
    }

    /** Reads the tests anew after one was saved, run or changed. */
    async reloadTests() {
        await this.loadTests();
        this.tellChanged();
    }

    async saveTest() {
        const name = this.state.name.trim();
        if (!name) {
            this.notification.add(_t("Give the test a name."), { type: "warning" });
            return;
        }
        await this.orm.call("chatbot.flow.simulation", "save_test", [
            [this.props.run.id],
            name,
            this.state.strictness,
        ]);
        this.state.name = "";
        this.notification.add(_t("The test was saved."), { type: "success" });
        await this.reloadTests();
    }

    async runTests() {
        await this.orm.call(TEST, "action_run", [this.state.tests.map((test) => test.id)]);
        await this.reloadTests();
    }

    /** @param {Object} test takes what the flow does now for what it has to do */
    async acceptTest(test) {
        await this.orm.call(TEST, "action_accept", [[test.id]]);
        await this.reloadTests();
    }
}
