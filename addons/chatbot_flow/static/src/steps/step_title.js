import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** Deeper levels are not moved further to the right: the column is narrow. */
const LEVELS = 7;

/** A step's title, the further to the right the deeper it stands in the flow (field `depth`). */
export class StepTitle extends CharField {
    static template = "chatbot_flow.StepTitle";

    get indent() {
        return Math.min(this.props.record.data.depth || 0, LEVELS);
    }
}

registry.category("fields").add("flow_step_title", {
    ...charField,
    component: StepTitle,
    fieldDependencies: [{ name: "depth", type: "integer", readonly: true }],
});
