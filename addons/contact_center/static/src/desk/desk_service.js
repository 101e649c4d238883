import { markRaw, reactive } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const { DateTime } = luxon;

/** How often the waiting times on screen move on, in milliseconds. */
const CLOCK_INTERVAL = 10000;

/** Longest wait first: who came to the queue earlier stands higher. */
function byWaiting(a, b) {
    return (a.queued_at || "").localeCompare(b.queued_at || "") || a.id - b.id;
}

/** Last word of the citizen first, so that the newest answer is on top. */
function byLastInbound(a, b) {
    return (b.last_inbound_at || "").localeCompare(a.last_inbound_at || "") || b.id - a.id;
}

/**
 * The live lists of a technician's desk: conversations that wait in the user's
 * queues and those the user is serving.
 *
 * Both are read once from the server and then kept by the bus notification
 * `contact_center/conversation`, whose payload is one row of these lists:
 * `{id, protocol, state, queue_id, queue, agent_id, agent, partner, channel_id,
 * queued_at, last_inbound_at, unread, elsewhere, window_until}`; times are UTC,
 * `YYYY-MM-DD HH:MM:SS`, `window_until` is false where the channel knows no such limit.
 * Of a conversation that left the waiting list the queue is told a part of these
 * only; `elsewhere` is true when it went to another queue.
 */
export class Desk {
    constructor(env, services) {
        // Only the rows are watched by the screen, not the services behind them.
        this.env = markRaw({ bus: env.bus, store: services["mail.store"], ...services });
        this.enabled = false;
        this.isSupervisor = false;
        this.loaded = false;
        this.now = DateTime.utc();
        this.rows = {};
    }

    /** Starts the lists when the user works at the desk; does nothing for others. */
    async start() {
        [this.enabled, this.isSupervisor] = await Promise.all([
            user.hasGroup("contact_center.group_technician"),
            user.hasGroup("contact_center.group_supervisor"),
        ]);
        if (!this.enabled) {
            return;
        }
        this.env.bus_service.subscribe("contact_center/conversation", (payload) =>
            this.apply(payload)
        );
        // After a lost connection notifications may be missing: read everything again.
        this.env.bus_service.addEventListener("BUS:RECONNECT", () => this.load());
        setInterval(() => (this.now = DateTime.utc()), CLOCK_INTERVAL);
        await this.load();
    }

    /** Reads both lists from the server, replacing what is known. */
    async load() {
        const [waiting, mine] = await Promise.all([
            this.env.orm.silent.call("contact_center.conversation", "get_waiting", []),
            this.env.orm.silent.call("contact_center.conversation", "get_mine", []),
        ]);
        this.rows = Object.fromEntries([...waiting, ...mine].map((row) => [row.id, row]));
        this.loaded = true;
    }

    /** @param {Object} payload one row or a part of it, as in the class description */
    apply(payload) {
        this.rows[payload.id] = { ...this.rows[payload.id], ...payload };
        this.now = DateTime.utc();
        this.updateThread(
            this.env.store.Thread.get({ model: "discuss.channel", id: payload.channel_id })
        );
        this.env.bus.trigger("CONTACT_CENTER:CHANGED", payload);
    }

    /** Gives a thread what the lists know of its conversation; they are the first to be told. */
    updateThread(thread) {
        const row = Object.values(this.rows).find(({ channel_id }) => channel_id === thread?.id);
        if (row) {
            thread.contact_center_conversation = { ...thread.contact_center_conversation, ...row };
        }
    }

    get waiting() {
        return Object.values(this.rows)
            .filter((row) => row.state === "queued" && !row.elsewhere)
            .sort(byWaiting);
    }

    get mine() {
        return Object.values(this.rows)
            .filter((row) => this.isServedByMe(row))
            .sort(byLastInbound);
    }

    /**
     * @param {string|false} since UTC time of the server
     * @returns {string} elapsed time as people read it: `<1 min`, `12 min`, `1 h 05`
     */
    elapsed(since) {
        if (!since) {
            return "";
        }
        const start = DateTime.fromSQL(since.replace("T", " "), { zone: "utc" });
        const minutes = Math.max(0, Math.floor(this.now.diff(start, "minutes").minutes));
        if (minutes < 1) {
            return _t("< 1 min");
        }
        if (minutes < 60) {
            return _t("%s min", minutes);
        }
        return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
    }

    /** @param {Object} row whether the user is the agent of this conversation, in service */
    isServedByMe(row) {
        return row.state === "in_service" && row.agent_id === user.userId;
    }

    /** @param {Object} row whether the user may pass this conversation on, or end it */
    mayManage(row) {
        const withPeople = ["queued", "in_service"].includes(row.state);
        return this.isServedByMe(row) || (withPeople && this.isSupervisor);
    }

    /** @param {Object} row opens its thread in Discuss, without joining it */
    async open(row) {
        const thread = await this.env.store.Thread.getOrFetch({
            model: "discuss.channel",
            id: row.channel_id,
        });
        if (thread) {
            this.updateThread(thread);
            await thread.open({ focus: true });
        } else {
            this.env.notification.add(
                _t("This conversation is no longer available to you: somebody else took it."),
                { type: "warning" }
            );
            await this.load();
        }
    }

    /** @param {Object} row takes a waiting conversation and opens it; only one agent can win */
    async take(row) {
        try {
            await this.env.orm.call("contact_center.conversation", "action_take", [[row.id]]);
        } catch (error) {
            await this.load();
            if (error.exceptionName !== "odoo.exceptions.UserError") {
                throw error;
            }
            // Somebody was faster; the server says who.
            this.env.notification.add(error.data.message, { type: "warning" });
            return;
        }
        await this.open(row);
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
            onClose: () => this.load(),
        });
    }
}

export const deskService = {
    dependencies: ["action", "bus_service", "mail.store", "notification", "orm"],
    start(env, services) {
        const desk = reactive(new Desk(env, services));
        desk.start();
        return desk;
    },
};

registry.category("services").add("contact_center.desk", deskService);
