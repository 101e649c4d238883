import { markRaw } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { Deferred } from "@web/core/utils/concurrency";
import { debounce } from "@web/core/utils/timing";

import { DeskPlace } from "./place/desk_place";
import { duration, goalState, secondsSince, windowLeft } from "./times";

const { DateTime } = luxon;

const MODEL = "contact_center.conversation";

/** How often the times on screen move on, in milliseconds. */
const CLOCK_INTERVAL = 5000;

/** How long reading the lists again waits for further reasons, in milliseconds. */
const RELOAD_DELAY = 300;

/** The fields that decide a row's list. */
const FATE = ["state", "queue_id", "agent_id"];

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
 * queued_at, returned_at, priority, skill_id, skill, last_inbound_at, unread, elsewhere, window_until, never_wrote, preview, preview_own}`; times are
 * UTC, `YYYY-MM-DD HH:MM:SS`, `window_until` is false where the channel knows no such limit.
 * Of a conversation that left the waiting list the queue is told a part of these
 * only; `elsewhere` is true when it went to another queue.
 */
export class DeskLists {
    constructor(env, services) {
        // Only the rows are watched by the screen, not the services behind them.
        this.env = markRaw({ bus: env.bus, store: services["mail.store"], ...services });
        this.enabled = false;
        this.isSupervisor = false;
        this.isManager = false;
        this.loaded = false;
        /** Resolved when the lists were read, or are not for this user. */
        this.ready = markRaw(new Deferred());
        /** How often a conversation was asked for: the last one asked for is shown. */
        this.asked = 0;
        /** Row of that conversation. */
        this.askedRow = undefined;
        /** Where the user is, and what the desk shows between two conversations. */
        this.place = new DeskPlace(this);
        this.now = DateTime.utc();
        this.rows = {};
        /** How often the lists were asked for; notifications that came since, until the answer. */
        this.reading = 0;
        this.toldMeanwhile = null;
        /** Newest notification that the lists already contain, see `isOld`. */
        this.busId = 0;
        /** Reads the lists again soon: several reasons at once need one reading. */
        this.loadSoon = undefined;
        this.queueIds = [];
        this.skillIds = [];
        /** The filter of the waiting list: "all", "mine", or the id of a queue. */
        this.filter = "all";
        this.agentState = { kind: "available", reason: "", start: false };
        this.reasons = [];
    }

    /** Starts the clock, and the lists when the user works at the desk. */
    async start() {
        // Here, as `this` is what the screens watch; in the constructor nobody watches it yet
        this.loadSoon = debounce(() => this.load(), RELOAD_DELAY);
        setInterval(() => (this.now = DateTime.utc()), CLOCK_INTERVAL);
        [this.enabled, this.isSupervisor, this.isManager] = await Promise.all([
            user.hasGroup("contact_center.group_technician"),
            user.hasGroup("contact_center.group_supervisor"),
            user.hasGroup("contact_center.group_manager"),
        ]);
        this.place.watchApp();
        if (!this.enabled) {
            this.ready.resolve();
            return;
        }
        const bus = this.env.bus_service;
        bus.subscribe("contact_center/conversation", (payload, { id }) => this.hear(payload, id));
        bus.subscribe("contact_center/my_state", (payload) => this.hearState(payload));
        // After a lost connection notifications may be missing: read everything again.
        bus.addEventListener("BUS:RECONNECT", () => this.load());
        try {
            await Promise.all([this.load(), this.place.loadColleagues()]);
        } finally {
            this.ready.resolve();
        }
    }

    /** @param {Object} state the agent's own, see `contact_center.agent.state._screen` */
    hearState(state) {
        this.agentState = state;
        if (state.forced_by) {
            const words = _t("%(supervisor)s changed your state: %(reason)s", {
                supervisor: state.forced_by,
                reason: state.reason,
            });
            this.env.notification.add(words, { type: "warning", sticky: true });
        }
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
        const before = this.mine;
        this.rows = Object.fromEntries(desk.rows.map((row) => [row.id, row]));
        this.busId = desk.bus_id;
        for (const { payload, id } of this.toldMeanwhile.values()) {
            if (!this.isOld(payload, id)) {
                this.keep({ ...this.rows[payload.id], ...payload });
            }
        }
        this.queueIds = desk.queue_ids;
        this.skillIds = desk.skill_ids;
        this.agentState = desk.agent_state;
        this.loaded = true;
        for (const row of before) {
            if (!this.rows[row.id] || !this.isServedByMe(this.rows[row.id])) {
                this.place.onLeft({ ...row, state: "", agent: "", ...this.rows[row.id] });
            }
        }
    }

    /**
     * @param {Object} payload one row or a part of it, as in the class description
     * @param {number} id of the notification that brings it
     */
    hear(payload, id) {
        if (this.toldMeanwhile) {
            this.remember(payload, id);
        } else if (this.isOld(payload, id)) {
            return;
        }
        this.apply(payload);
    }

    /**
     * Whether the lists are newer than a notification. Odoo's bus repeats the last 50 seconds to a
     * browser that is new to it: without this a conversation just taken would go back to the queue
     * on the screen and leave its agent.
     *
     * Transactions need not end in the order of the numbers that they drew. So what an old
     * notification says differently is read again.
     */
    isOld(payload, id) {
        if (id > this.busId) {
            return false;
        }
        const row = this.rows[payload.id];
        const isSame = row
            ? FATE.every((name) => !(name in payload) || row[name] === payload[name])
            : !this.isShown(payload);
        if (!isSame) {
            this.loadSoon();
        }
        return true;
    }

    /** @param {Object} payload one row or a part of it, as in the class description */
    apply(payload) {
        const before = this.rows[payload.id];
        const row = { ...before, ...payload };
        this.rows[payload.id] = row;
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
        if (this.isGone(before, row)) {
            this.place.onLeft(row);
        }
        this.env.bus.trigger("CONTACT_CENTER:CHANGED", payload);
    }

    /** Whether the user has nothing more to do with a conversation, by this news. */
    isGone(before, row) {
        const isOver = row.state !== "in_service" && row.state !== "queued";
        const wasMine = Boolean(before) && this.isServedByMe(before) && !this.isServedByMe(row);
        return wasMine || (isOver && this.place.endingId === row.id);
    }

    /** Keeps what was told while the lists are read: the last word of each conversation. */
    remember(payload, id) {
        const told = this.toldMeanwhile.get(payload.id);
        this.toldMeanwhile.set(payload.id, { payload: { ...told?.payload, ...payload }, id });
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

    /** Those of the list whom the user may take by hand. */
    get pickable() {
        return this.waiting.filter((row) => this.mayPick(row));
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

    /** Colleagues' conversations by agent (for supervisors only). */
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
        return windowLeft(row.window_until, this.now, row.never_wrote);
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

    /**
     * Hook: whether the user may take this waiting conversation by hand; an addon that hands
     * conversations out says no.
     *
     * @param {Object} row
     */
    mayPick(row) {
        return row.state === "queued";
    }

    /** @param {Object} row whether the user may pass this conversation on, or end it */
    mayManage(row) {
        const withPeople = ["queued", "in_service"].includes(row.state);
        return this.isServedByMe(row) || (withPeople && this.isSupervisor);
    }
}
