import { duration, goalState, secondsSince } from "@contact_center/desk/times";

import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";

import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { COLORS, KINDS } from "./colors";
import { shownAgents, shownQueues } from "./ordering";
import { ReasonDialog } from "./reason_dialog";
import { Trend } from "./trend";
import { WatchPanel } from "./watch_panel";

/** What a browser asks the bus for to hear that a queue changed. */
const CHANNEL = "contact_center_team";
const NEWS = "contact_center/team";
/** The news come once a second at most: what follows within it is read along (milliseconds). */
const SETTLE = 1200;
/** Read again anyway: presence, unanswered messages, shares of the day. */
const REFRESH = 15000;
/** Of so many agents at once the rows are drawn; a button shows more. */
const PAGE = 80;

const MODEL = "contact_center.conversation";

/** The team now: queues with waiting citizens, agents with their states and conversations. */
export class Team extends Component {
    static template = "contact_center_supervision.Team";
    static components = { Dropdown, DropdownItem, Trend, WatchPanel };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.desk = useState(useService("contact_center.desk"));
        this.state = useState({
            queues: [],
            agents: [],
            viewer: {},
            labels: {},
            watched: 0,
            shown: PAGE,
        });
        this.choice = useState({
            search: "",
            queueOrder: "urgency",
            onlyWaiting: false,
            agentOrder: "name",
            kind: "",
            queueId: 0,
            onlyNovices: false,
        });
        this.reading = 0;
        const bus = useService("bus_service");
        const hear = () => this.loadSoon();
        onWillStart(async () => {
            await this.load(true);
            this.reasons = await this.orm.call(MODEL, "get_watch_reasons", []);
        });
        let timer;
        // not before: a screen that is left while it is read is never mounted, nor unmounted
        onMounted(() => {
            bus.addChannel(CHANNEL);
            bus.subscribe(NEWS, hear);
            bus.addEventListener("BUS:RECONNECT", hear);
            timer = setInterval(() => this.load(), REFRESH);
        });
        onWillUnmount(() => {
            clearInterval(timer);
            clearTimeout(this.soon);
            bus.deleteChannel(CHANNEL);
            bus.unsubscribe(NEWS, hear);
            bus.removeEventListener("BUS:RECONNECT", hear);
        });
    }

    /** Reads soon, once for all news until then; under a stream of news still every time. */
    loadSoon() {
        this.soon ||= setTimeout(() => {
            this.soon = undefined;
            this.load();
        }, SETTLE);
    }

    /** @param {boolean} [opening] whether the screen is being opened, which is noted */
    async load(opening = false) {
        const reading = ++this.reading;
        const call = this.orm.silent.call("contact_center.team", "get_team", [opening]);
        const { queues, agents, viewer, labels } = await call;
        if (reading === this.reading) {
            Object.assign(this.state, { queues, agents, viewer, labels });
            // the clock of the desk stands still for managers, who have no lists
            this.desk.now = luxon.DateTime.utc();
        }
    }

    // What is shown

    get queues() {
        return shownQueues(this.state.queues, this.choice, this.desk.now);
    }

    get agents() {
        return shownAgents(this.state.agents, this.choice, this.desk.now);
    }

    get kinds() {
        const counts = Object.fromEntries(KINDS.map((kind) => [kind, { kind, count: 0 }]));
        for (const agent of this.state.agents) {
            const entry = counts[agent.kind || "logged_out"];
            entry.count++;
            entry.label = agent.kind ? agent.label : _t("Logged out");
        }
        return Object.values(counts).filter((entry) => entry.count);
    }

    /** @returns {Object[]} the figures above the lists, of all queues together */
    get totals() {
        const sum = (name) => this.state.queues.reduce((total, queue) => total + queue[name], 0);
        const oldest = this.state.queues
            .map((queue) => queue.oldest)
            .filter(Boolean)
            .sort()[0];
        const total = sum("answered") + sum("abandoned");
        const level = total ? `${Math.round((100 * sum("within")) / total)} %` : "–";
        const free = this.state.agents.filter((agent) => agent.kind === "available").length;
        return [
            { key: "waiting", label: _t("Waiting"), value: sum("waiting") },
            { key: "oldest", label: _t("Longest wait"), value: oldest ? this.since(oldest) : "–" },
            { key: "in_service", label: _t("In service"), value: sum("in_service") },
            { key: "free", label: _t("Free agents"), value: free },
            { key: "level", label: _t("Service level today"), value: level },
            { key: "abandoned", label: _t("Abandoned today"), value: sum("abandoned") },
        ];
    }

    since(moment) {
        return duration(secondsSince(moment, this.desk.now));
    }

    duration(seconds) {
        return duration(seconds);
    }

    /** @param {Object} queue how its longest wait stands to its own goal, see `goalState` */
    goal(queue) {
        return goalState(secondsSince(queue.oldest, this.desk.now), queue.goal_seconds);
    }

    /** @param {Object} queue colour of the wait, the same as at the desk */
    goalClass(queue) {
        return { near: "text-warning fw-bold", late: "text-danger fw-bold" }[this.goal(queue)];
    }

    /** @returns {string} colour of a service level against the goal of its queue */
    levelClass(level, queue) {
        if (level === false) {
            return "text-muted";
        }
        return level < queue.goal_percent ? "text-danger fw-bold" : "text-success";
    }

    /** @param {string|false} kind state of an agent */
    color(kind) {
        return COLORS[kind] || "secondary";
    }

    states(queue) {
        return KINDS.filter((kind) => queue.states[kind] && kind !== "logged_out").map((kind) => ({
            kind,
            count: queue.states[kind],
            label: this.kinds.find((entry) => entry.kind === kind)?.label,
        }));
    }

    shares(agent) {
        return KINDS.filter((kind) => agent.shares[kind]).map((kind) => ({
            kind,
            percent: agent.shares[kind],
        }));
    }

    sharesWords(agent) {
        return this.shares(agent)
            .map(({ kind, percent }) => `${this.state.labels[kind]}: ${percent} %`)
            .join("\n");
    }

    breakWords({ state, minutes }) {
        return state === "overdue" ? _t("%s min late", minutes) : _t("due");
    }

    trendWords(queue) {
        return _t("Waiting in the last hour; most: %s", Math.max(...queue.trend));
    }

    showQueue(queue) {
        this.choice.queueId = this.choice.queueId === queue.id ? 0 : queue.id;
    }

    showMore() {
        this.state.shown += PAGE;
    }

    // What leaders do

    /** @param {Object} conversation asks why, and shows it beside the board without joining it */
    watch(conversation) {
        if (!this.state.viewer.sees_citizens) {
            return;
        }
        this.dialog.add(ReasonDialog, {
            title: _t("Watch"),
            hint: _t(
                "Neither citizen nor agent notices. Your name and the reason are recorded and shown to the data protection officer."
            ),
            button: _t("Watch"),
            reasons: this.reasons,
            confirm: async (reason) => {
                await this.orm.call(MODEL, "action_watch", [[conversation.id], reason]);
                this.state.watched = conversation.id;
            },
        });
    }

    closeWatched() {
        this.state.watched = 0;
    }

    async openRoom() {
        this.action.doAction(await this.orm.call("contact_center.team", "get_room", []));
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

    announceToAgent(agent) {
        this.announce({ default_audience: "users", default_user_ids: [agent.id] });
    }

    /** @param {Object} agent asks for the state and the reason */
    changeState(agent) {
        this.action.doAction("contact_center_supervision.agent_state_change_action", {
            additionalContext: { default_user_id: agent.id },
        });
    }

    /** @param {Object} agent opens a private chat with them */
    async message(agent) {
        const { store } = this.desk.env;
        await store.openChat({ userId: agent.id });
    }
}

registry.category("actions").add("contact_center.team", Team);
