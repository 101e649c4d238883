import { reactive } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

import { AGENT_STATES } from "./agent_state";
import { DeskLists } from "./desk_lists";

const MODEL = "contact_center.conversation";
const AGENT_STATE = "contact_center.agent.state";

/** The desk's lists, and what the agent does with what stands there. */
export class Desk extends DeskLists {
    get isPausing() {
        return Boolean(AGENT_STATES[this.agentState.kind]?.pause);
    }

    // Actions of the agent

    /**
     * Opens a conversation's thread in Discuss, without joining it. Whatever was asked for before
     * and is still being fetched gives way.
     *
     * @param {Object} row
     */
    async open(row) {
        const asked = ++this.asked;
        this.askedRow = row;
        const thread = await this.env.store.Thread.getOrFetch({
            model: "discuss.channel",
            id: row.channel_id,
        });
        if (asked !== this.asked) {
            return;
        }
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
        Object.assign(this.place, { notice: "", isNextUnderFinger: false });
        // away from the desk it leads there
        await thread.open({ focus: true });
        if (shown?.contact_center_conversation && shown.notEq(thread)) {
            shown.forgetOlder();
        }
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
     * Takes the first of those that the list shows, and the user may pick, who needs no skill that the user has not; when
     * all of them do, the first.
     */
    async takeNext() {
        const fits = (row) => !row.skill_id || this.skillIds.includes(row.skill_id);
        const next = this.pickable.find(fits) || this.pickable[0];
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
            onClose: this.ending(row),
        });
    }

    /**
     * @param {Object} row conversation
     * @param {string} method of the conversation's model, which returns an action to show
     */
    async runMethod(row, method) {
        const action = await this.env.orm.call(MODEL, method, [[row.id]]);
        await this.env.action.doAction(action, { onClose: this.ending(row) });
    }

    /**
     * @param {Object} row conversation
     * @param {string} method of the conversation's model; the screens follow by the bus
     */
    async call(row, method) {
        await this.env.orm.call(MODEL, method, [[row.id]]);
    }

    /**
     * @param {Object} row conversation that a dialog may end or pass on
     * @returns {() => void} to be called when the dialog closes, which does not wait for it
     */
    ending(row) {
        this.place.endingId = row.id;
        const settle = async () => {
            try {
                await this.load();
            } finally {
                if (this.place.endingId === row.id) {
                    this.place.endingId = 0;
                }
            }
        };
        return () => void settle();
    }

    /**
     * @param {string} kind state of the ledger, see `AGENT_STATES`
     * @param {string} reason
     * @param {number} [reasonId] of the reason that was chosen
     */
    async setAgentState(kind, reason, reasonId = 0) {
        const choice = [kind, reason, reasonId];
        this.agentState = await this.env.orm.call(AGENT_STATE, "set_mine", choice);
    }

    /** Reads what an agent may choose, when the menu is opened: it may have been changed. */
    async loadReasons() {
        this.reasons = await this.env.orm.call(AGENT_STATE, "get_reasons", []);
    }
}

export const deskService = {
    dependencies: ["action", "bus_service", "mail.store", "menu", "notification", "orm", "ui"],
    start(env, services) {
        const desk = reactive(new Desk(env, services));
        desk.start();
        return desk;
    },
};

registry.category("services").add("contact_center.desk", deskService);
