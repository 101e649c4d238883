import { goalState, secondsSince } from "@contact_center/desk/times";

import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Read again after what the bus tells, at most so often (milliseconds). */
const SETTLE = 1000;
/** Read again anyway: presence, and screens of managers, to whom the bus tells nothing. */
const REFRESH = 30000;

const COLORS = {
    available: "success",
    in_service: "primary",
    after_work: "info",
    offered: "success",
    outbound: "info",
    break: "warning",
    with_supervisor: "warning",
    training: "warning",
    recovery: "warning",
    not_answering: "danger",
    away: "secondary",
};

/** The team now: queues with waiting citizens, agents with their states and conversations. */
export class Team extends Component {
    static template = "contact_center_supervision.Team";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.desk = useState(useService("contact_center.desk"));
        this.state = useState({ queues: [], agents: [] });
        const loadSoon = useDebounced(() => this.load(), SETTLE, { immediate: false });
        const bus = useService("bus_service");
        useBus(this.env.bus, "CONTACT_CENTER:CHANGED", loadSoon);
        onWillStart(() => this.load());
        let timer;
        // not before: a screen that is left while it is read is never mounted, nor unmounted
        onMounted(() => {
            bus.subscribe("contact_center/agent_state", loadSoon);
            timer = setInterval(() => this.load(), REFRESH);
        });
        onWillUnmount(() => {
            clearInterval(timer);
            bus.unsubscribe("contact_center/agent_state", loadSoon);
        });
    }

    async load() {
        Object.assign(
            this.state,
            await this.orm.silent.call("contact_center.team", "get_team", [])
        );
        // the clock of the desk stands still for managers, who have no lists
        this.desk.now = luxon.DateTime.utc();
    }

    /** @param {Object} queue how its longest wait stands to its own goal, see `goalState` */
    goal(queue) {
        return goalState(secondsSince(queue.oldest, this.desk.now), queue.goal_seconds);
    }

    /** @param {Object} queue colour of the wait, the same as at the desk */
    goalClass(queue) {
        return { near: "text-warning fw-bold", late: "text-danger fw-bold" }[this.goal(queue)];
    }

    /** @param {string|false} kind state of an agent */
    color(kind) {
        return COLORS[kind] || "secondary";
    }

    /** @param {Object} conversation opens its thread in Discuss, without joining it */
    async watch(conversation) {
        this.action.doAction(
            await this.orm.call("contact_center.conversation", "action_watch", [[conversation.id]])
        );
    }

    /** @param {Object} audience default values of the notice, `{default_audience, ...}` */
    announce(audience) {
        this.action.doAction("contact_center_supervision.notice_action_new", {
            additionalContext: audience,
        });
    }

    announceToAll() {
        this.announce({ default_audience: "all" });
    }

    announceToQueue(queue) {
        this.announce({ default_audience: "queues", default_queue_ids: [queue.id] });
    }

    /** @param {Object} agent asks for the state and the reason */
    changeState(agent) {
        this.action.doAction("contact_center_supervision.agent_state_change_action", {
            additionalContext: { default_user_id: agent.id },
        });
    }

    announceToAgent(agent) {
        this.announce({ default_audience: "users", default_user_ids: [agent.id] });
    }
}

registry.category("actions").add("contact_center.team", Team);
