import { markRaw, reactive } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

import { AGENT_STATES } from "./agent_state";
import { duration, goalState, secondsSince, windowLeft } from "./times";

const { DateTime } = luxon;

const MODEL = "contact_center.conversation";
const AGENT_STATE = "contact_center.agent.state";

/** How often the times on screen move on, in milliseconds. */
const CLOCK_INTERVAL = 5000;

/**
 * Most urgent first, then those whose agent could not go on, then the longest wait: who came to
 * the queue earlier stands higher.
 */
function byWaiting(a, b) {
    return (
        (b.priority || 0) - (a.priority || 0) ||
        (a.returned_at || "9").localeCompare(b.returned_at || "9") ||
        (a.queued_at || "").localeCompare(b.queued_at || "") ||
        a.id - b.id
    );
}

/** Last word of the citizen first, so that the newest answer is on top. */
function byLastInbound(a, b) {
    return (b.last_inbound_at || "").localeCompare(a.last_inbound_at || "") || b.id - a.id;
}

/**
 * The live lists of a technician's desk: conversations that wait in the user's
 * queues, those the user is serving and, for supervisors, those of everybody.
 *
 * They are read once from the server and then kept by the bus notification
 * `contact_center/conversation`, whose payload is one row of these lists:
 * `{id, protocol, state, queue_id, queue, goal_seconds, agent_id, agent, partner, channel_id,
 * queued_at, returned_at, priority, skill_id, skill, last_inbound_at, unread, elsewhere, window_until, preview, preview_own}`; times are
 * UTC, `YYYY-MM-DD HH:MM:SS`, `window_until` is false where the channel knows no such limit.
 * Of a conversation that left the waiting list the queue is told a part of these
 * only; `elsewhere` is true when it went to another queue.
 */
export class Desk {
    constructor(env, services) {
        // Only the rows are watched by the screen, not the services behind them.
        this.env = markRaw({ bus: env.bus, store: services["mail.store"], ...services });
        this.enabled = false;
        this.isSupervisor = false;
        this.isManager = false;
        this.loaded = false;
        this.now = DateTime.utc();
        this.rows = {};
        /** How often the lists were asked for; notifications that came since, until the answer. */
        this.reading = 0;
        this.toldMeanwhile = null;
        this.queueIds = [];
        this.skillIds = [];
        /** What the waiting list is narrowed to: "all", "mine", or the id of a queue. */
        this.filter = "all";
        this.agentState = { kind: "available", reason: "", start: false };
        this.reasons = [];
    }

    /** Starts the clock, and the lists when the user works at the desk. */
    async start() {
        setInterval(() => (this.now = DateTime.utc()), CLOCK_INTERVAL);
        [this.enabled, this.isSupervisor, this.isManager] = await Promise.all([
            user.hasGroup("contact_center.group_technician"),
            user.hasGroup("contact_center.group_supervisor"),
            user.hasGroup("contact_center.group_manager"),
        ]);
        if (!this.enabled) {
            return;
        }
        const bus = this.env.bus_service;
        bus.subscribe("contact_center/conversation", (payload) => this.apply(payload));
        bus.subscribe("contact_center/my_state", (payload) => (this.agentState = payload));
        // After a lost connection notifications may be missing: read everything again.
        bus.addEventListener("BUS:RECONNECT", () => this.load());
        await this.load();
    }

    /**
     * Reads the lists from the server, replacing what is known; what the bus told meanwhile is
     * newer than the answer, and of two readings the later one counts.
     */
    async load() {
        const reading = ++this.reading;
        this.toldMeanwhile = new Map();
        try {
            const desk = await this.env.orm.silent.call(MODEL, "get_desk", []);
            if (reading === this.reading) {
                this.replace(desk);
            }
        } finally {
            if (reading === this.reading) {
                this.toldMeanwhile = null;
            }
        }
    }

    /** @param {Object} desk what `get_desk` returned */
    replace(desk) {
        this.rows = Object.fromEntries(desk.rows.map((row) => [row.id, row]));
        for (const payload of this.toldMeanwhile.values()) {
            this.keep({ ...this.rows[payload.id], ...payload });
        }
        this.queueIds = desk.queue_ids;
        this.skillIds = desk.skill_ids;
        this.agentState = desk.agent_state;
        this.loaded = true;
    }

    /** @param {Object} payload one row or a part of it, as in the class description */
    apply(payload) {
        const before = this.rows[payload.id];
        const row = { ...before, ...payload };
        this.rows[payload.id] = row;
        this.remember(payload);
        this.now = DateTime.utc();
        const thread = this.env.store.Thread.get({
            model: "discuss.channel",
            id: payload.channel_id,
        });
        this.updateThread(thread);
        const moved = before?.state !== row.state || before?.agent_id !== row.agent_id;
        if (thread && moved) {
            // Its messages are sent to other people now: ask the server what is for us.
            this.env.bus_service.forceUpdateChannels();
        }
        this.keep(row);
        this.env.bus.trigger("CONTACT_CENTER:CHANGED", payload);
    }

    /** Keeps what was told while the lists are read: the last word of each conversation. */
    remember(payload) {
        if (this.toldMeanwhile) {
            const told = this.toldMeanwhile.get(payload.id);
            this.toldMeanwhile.set(payload.id, { ...told, ...payload });
        }
    }

    /** Takes a row into the lists while one of them shows it, and out of them when it ended. */
    keep(row) {
        if (this.isShown(row)) {
            this.rows[row.id] = row;
        } else {
            delete this.rows[row.id];
        }
    }

    /** @param {Object} row whether one of the lists has a place for it */
    isShown(row) {
        if (row.elsewhere) {
            return false;
        }
        const served = row.state === "in_service" && (this.isSupervisor || this.isServedByMe(row));
        return row.state === "queued" || served;
    }

    /** Gives a thread what the lists know of its conversation; they are the first to be told. */
    updateThread(thread) {
        const row = Object.values(this.rows).find(({ channel_id }) => channel_id === thread?.id);
        if (row) {
            thread.contact_center_conversation = { ...thread.contact_center_conversation, ...row };
        }
    }

    // Lists

    /**
     * Everybody who waits in a queue that the user serves, whatever the filter. What ended, or
     * went to others, left `rows`: the lists are as long as the work that there is.
     */
    get allWaiting() {
        return Object.values(this.rows)
            .filter((row) => row.state === "queued")
            .sort(byWaiting);
    }

    get waiting() {
        return this.allWaiting.filter(
            (row) =>
                this.filter === "all" ||
                (this.filter === "mine"
                    ? this.queueIds.includes(row.queue_id)
                    : row.queue_id === Number(this.filter))
        );
    }

    /** Choices of the waiting list's filter; one only means that there is nothing to choose. */
    get filters() {
        const queues = new Map(this.allWaiting.map((row) => [row.queue_id, row.queue]));
        const choices = [{ id: "all", label: _t("All queues") }];
        if (this.isSupervisor && this.queueIds.length) {
            choices.push({ id: "mine", label: _t("My queues") });
        }
        if (queues.size > 1 || queues.has(Number(this.filter))) {
            choices.push(...[...queues].map(([id, label]) => ({ id: String(id), label })));
        }
        return choices;
    }

    get mine() {
        return Object.values(this.rows)
            .filter((row) => this.isServedByMe(row))
            .sort(byLastInbound);
    }

    /** What colleagues serve, by agent (supervisors only; others are not told). */
    get team() {
        return Object.values(this.rows)
            .filter((row) => row.state === "in_service" && row.partner && !this.isServedByMe(row))
            .sort((a, b) => a.agent.localeCompare(b.agent) || byLastInbound(a, b));
    }

    // Times

    /**
     * @param {string|false} since UTC time of the server
     * @returns {string} elapsed time as people read it, see `duration`
     */
    elapsed(since) {
        return since ? duration(secondsSince(since, this.now)) : "";
    }

    /** @param {Object} row how its waiting time stands to the queue's goal, see `goalState` */
    goal(row) {
        return goalState(secondsSince(row.queued_at, this.now), row.goal_seconds);
    }

    /** @param {Object} row what is left of its window, see `windowLeft` */
    timeLeft(row) {
        return windowLeft(row.window_until, this.now);
    }

    // Rights

    /** @param {Object} row whether the user is the agent of this conversation, in service */
    isServedByMe(row) {
        return row.state === "in_service" && row.agent_id === user.userId;
    }

    /**
     * @param {Object} row whether the user may still read this conversation: it waits, is theirs,
     *  or they follow everybody's; the server decides, this only spares a refused question
     */
    mayRead(row) {
        const own = row.state === "queued" || row.agent_id === user.userId;
        return own || this.isSupervisor || this.isManager;
    }

    /** @param {Object} row whether the user may pass this conversation on, or end it */
    mayManage(row) {
        const withPeople = ["queued", "in_service"].includes(row.state);
        return this.isServedByMe(row) || (withPeople && this.isSupervisor);
    }

    get isPausing() {
        return Boolean(AGENT_STATES[this.agentState.kind]?.pause);
    }

    // What the agent does

    /** @param {Object} row opens its thread in Discuss, without joining it */
    async open(row) {
        const thread = await this.env.store.Thread.getOrFetch({
            model: "discuss.channel",
            id: row.channel_id,
        });
        if (!thread) {
            this.env.notification.add(
                _t("This conversation is no longer available to you: somebody else took it."),
                { type: "warning" }
            );
            await this.load();
            return;
        }
        this.updateThread(thread);
        const shown = this.env.store.discuss.thread;
        if (thread.notEq(shown)) {
            thread.forgetOlder();
        }
        if (this.env.store.discuss.isActive || this.env.ui.isSmall) {
            await thread.open({ focus: true });
        } else {
            await this.openDiscuss(thread.id);
        }
        if (shown?.contact_center_conversation && shown.notEq(thread)) {
            shown.forgetOlder();
        }
    }

    /** @param {number} [channelId] the thread that Discuss shows; without one the last */
    openDiscuss(channelId) {
        return this.env.action.doAction(
            "mail.action_discuss",
            channelId
                ? { additionalContext: { active_id: `discuss.channel_${channelId}` } }
                : undefined
        );
    }

    /** @param {Object} row takes a waiting conversation and opens it; only one agent can win */
    async take(row) {
        try {
            await this.env.orm.call(MODEL, "action_take", [[row.id]]);
        } catch (error) {
            await this.load();
            if (error.exceptionName !== "odoo.exceptions.UserError") {
                throw error;
            }
            // Somebody was faster, or the agent is pausing; the server says what it is.
            this.env.notification.add(error.data.message, {
                type: "warning",
                buttons: this.isPausing ? [this.comeBackButton(row)] : [],
            });
            return;
        }
        await this.open(row);
    }

    /** @param {Object} row conversation that a pausing agent wants to take */
    comeBackButton(row) {
        return {
            name: _t("End the pause and take"),
            primary: true,
            onClick: async () => {
                await this.setAgentState("available", "");
                await this.take(row);
            },
        };
    }

    /** @returns {string} what the priority of a row is called, "" for the normal one */
    priorityLabel(row) {
        return ["", _t("High priority"), _t("Urgent"), _t("Emergency")][row.priority || 0];
    }

    /**
     * Takes the first of those that the list shows who needs no skill that the user has not; when
     * all of them do, the first.
     */
    async takeNext() {
        const fits = (row) => !row.skill_id || this.skillIds.includes(row.skill_id);
        const next = this.waiting.find(fits) || this.waiting[0];
        if (next) {
            await this.take(next);
        } else {
            this.env.notification.add(_t("Nobody is waiting."), { type: "info" });
        }
    }

    /** @param {Object} row continues the service of a colleague (supervisors); opens it */
    async takeOver(row) {
        await this.dialog(row, "contact_center.conversation_take_over_action");
    }

    /**
     * @param {Object} row conversation
     * @param {string} actionXmlId window action of the dialog (close, transfer)
     */
    async dialog(row, actionXmlId) {
        await this.env.action.doAction(actionXmlId, {
            additionalContext: { active_id: row.id, active_ids: [row.id] },
            // the dialog stays until this returns: it does not wait for the lists
            onClose: () => void this.load(),
        });
    }

    /**
     * @param {Object} row conversation
     * @param {string} method of the conversation's model, which returns an action to show
     */
    async runMethod(row, method) {
        const action = await this.env.orm.call(MODEL, method, [[row.id]]);
        await this.env.action.doAction(action, { onClose: () => void this.load() });
    }

    /**
     * @param {string} kind state of the ledger, see `AGENT_STATES`
     * @param {string} reason
     */
    async setAgentState(kind, reason) {
        this.agentState = await this.env.orm.call(AGENT_STATE, "set_mine", [kind, reason]);
    }

    /** Reads what an agent may choose, when the menu is opened: it may have been changed. */
    async loadReasons() {
        this.reasons = await this.env.orm.call(AGENT_STATE, "get_reasons", []);
    }
}

export const deskService = {
    dependencies: ["action", "bus_service", "mail.store", "notification", "orm", "ui"],
    start(env, services) {
        const desk = reactive(new Desk(env, services));
        desk.start();
        return desk;
    },
};

registry.category("services").add("contact_center.desk", deskService);
