import { Component, useState } from "@odoo/owl";

import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useService } from "@web/core/utils/hooks";

import { AGENT_STATES } from "./agent_state";

/** The agent's state, its beginning, and a menu to change it. */
export class AgentStateMenu extends Component {
    static template = "contact_center.AgentStateMenu";
    static components = { Dropdown, DropdownItem };
    static props = { compact: { type: Boolean, optional: true } };

    setup() {
        this.desk = useState(useService("contact_center.desk"));
    }

    get current() {
        return AGENT_STATES[this.desk.agentState.kind] || AGENT_STATES.available;
    }

    get label() {
        return this.desk.agentState.reason || this.current.label;
    }

    get choices() {
        return [
            { id: 0, kind: "available", name: AGENT_STATES.available.label, reason: "" },
            ...this.desk.reasons.map((reason) => ({ ...reason, reason: reason.name })),
        ];
    }

    /** @param {{kind: string, reason: string}} choice */
    isCurrent(choice) {
        const { kind, reason } = this.desk.agentState;
        const free = ["available", "in_service"].includes(kind);
        return choice.kind === "available"
            ? free
            : choice.kind === kind && choice.reason === reason;
    }

    /** @param {string} kind */
    color(kind) {
        return AGENT_STATES[kind]?.color || "";
    }
}
