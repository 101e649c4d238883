import { reactive } from "@odoo/owl";

import { registry } from "@web/core/registry";

/** Models whose forms the telephone stays beside. */
const FLOW_MODELS = /^chatbot\.flow/;

/**
 * Which flow is being tried out, if any: the telephone stands beside whatever form is open, so
 * that a text can be changed while its effect is looked at.
 */
export const simulatorService = {
    dependencies: ["action"],

    start(env, { action }) {
        const simulator = reactive({
            /** Id of the flow, 0 when nothing is tried out. */
            flowId: 0,
            /** Grows with every opening, also of the same flow. */
            opened: 0,

            /** @param {number} flowId a flow, whose draft is played from the start */
            open(flowId) {
                simulator.flowId = flowId;
                simulator.opened++;
            },

            close() {
                simulator.flowId = 0;
            },
        });
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", ({ detail: mode }) => {
            const model = action.currentController?.props?.resModel || "";
            if (mode !== "new" && simulator.flowId && !FLOW_MODELS.test(model)) {
                simulator.close();
            }
        });
        return simulator;
    },
};

registry.category("services").add("chatbot_flow.simulator", simulatorService);

registry
    .category("actions")
    .add("chatbot_flow.simulator", (env, { params }) =>
        env.services["chatbot_flow.simulator"].open(params.flow_id)
    );
