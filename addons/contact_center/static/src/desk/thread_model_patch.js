import { ChatWindow } from "@mail/core/common/chat_window_model";
import { fields } from "@mail/core/common/record";
import { DiscussApp } from "@mail/core/public_web/discuss_app_model";
import { DiscussAppCategory } from "@mail/discuss/core/public_web/discuss_app_category_model";
import { Thread } from "@mail/core/common/thread_model";

import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

patch(DiscussApp.prototype, {
    setup(env) {
        super.setup(...arguments);
        // "Looking for help" of the live chat would show every conversation to every live chat
        // user; here people wait in queues, listed by the desk.
        this.livechatLookingForHelpCategory = fields.One("DiscussAppCategory");
    },
});

patch(DiscussAppCategory.prototype, {
    get isVisible() {
        // A queue's live chat channel stays empty here: the desk lists the queue's conversations.
        const isEmptyQueue =
            this.livechat_channel_id?.is_contact_center_queue && !this.threads.length;
        return !isEmptyQueue && super.isVisible;
    },
});

patch(ChatWindow.prototype, {
    /**
     * Closing a window of a live chat leaves the chat. An agent leaves a conversation by ending it
     * or passing it on; closing its window, on a telephone the way back, only closes the window.
     */
    async close(options = {}) {
        if (!this.thread?.contact_center_conversation) {
            return super.close(...arguments);
        }
        const { chatHub } = this.store;
        await super.close({ ...options, force: true, notifyState: false });
        if (options.notifyState !== false) {
            chatHub.save();
        }
    },
});

patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** Conversation of the contact center behind this thread, see `Desk`. */
        this.contact_center_conversation = fields.Attr(undefined);
        this.hasSeenFeature = fields.Attr(false, {
            /** The citizen reads on the telephone: the ticks of the channel tell, not Odoo's. */
            compute() {
                return (
                    !this.contact_center_conversation &&
                    this.store.channel_types_with_seen_infos.includes(this.channel_type)
                );
            },
        });
    },
    /** Whether the user is the agent who may write to the citizen now. */
    get isServedBySelf() {
        const conversation = this.contact_center_conversation;
        return conversation?.state === "in_service" && conversation.agent_id === user.userId;
    },
    /**
     * Lets go of older messages of a thread that is not on the screen: hundreds of them take a
     * second to draw, and each holds some 150 kB. Scrolling up fetches them again.
     *
     * As many stay as are fetched at first, more where they are unread; all of them while somebody
     * is reading further up; none of a conversation that is over.
     */
    forgetOlder() {
        const reading = !String(this.scrollTop).includes("bottom");
        if (!this.isLoaded || (reading && this.isServedBySelf)) {
            return;
        }
        // by number, as they are fetched again: the list is in the order of their arrival
        const messages = this.persistentMessages.sort((a, b) => a.id - b.id);
        const unread = this.self_member_id?.message_unread_counter || 0;
        const count = this.isServedBySelf ? Math.max(this.store.FETCH_LIMIT, 2 * unread) : 0;
        const older = messages.slice(0, Math.max(messages.length - count, 0));
        const quoted = new Set(messages.slice(older.length).map(({ parent_id }) => parent_id?.id));
        for (const message of older) {
            // what is above the first in the list is fetched again: one that is quoted leaves too
            if (quoted.has(message.id)) {
                this.messages.delete(message);
            } else {
                message.delete();
            }
        }
        if (count) {
            this.loadOlder = this.loadOlder || older.length > 0;
        } else {
            Object.assign(this, { isLoaded: false, loadOlder: false, scrollTop: "bottom" });
        }
    },
    _computeDiscussAppCategory() {
        // The desk lists these threads, with what an agent needs to see of them.
        return this.contact_center_conversation ? undefined : super._computeDiscussAppCategory();
    },
    /** With ten citizens writing, windows over the form one works in would be in the way. */
    get autoOpenChatWindowOnNewMessage() {
        return !this.contact_center_conversation && super.autoOpenChatWindowOnNewMessage;
    },
    /** The citizen of a conversation, whatever other members there are, even for watchers. */
    computeCorrespondent() {
        const citizenId = this.contact_center_conversation?.partner_id;
        const member = this.channel_member_ids.find(
            ({ partner_id, livechat_member_type }) =>
                livechat_member_type === "visitor" || partner_id?.id === citizenId
        );
        return (this.contact_center_conversation && member) || super.computeCorrespondent();
    },
    get displayName() {
        return this.contact_center_conversation?.partner || super.displayName;
    },
    /** A conversation's subject is in its panel; Odoo's line for it would be refused. */
    get allowDescription() {
        return !this.contact_center_conversation && super.allowDescription;
    },
    get canLeave() {
        return !this.contact_center_conversation && super.canLeave;
    },
    get composerDisabled() {
        return this.contact_center_conversation ? !this.isServedBySelf : super.composerDisabled;
    },
    get composerDisabledText() {
        const conversation = this.contact_center_conversation;
        if (!conversation || this.isServedBySelf) {
            return super.composerDisabledText;
        }
        switch (conversation.state) {
            case "bot":
                return _t("The virtual assistant is talking to this citizen.");
            case "queued":
                return _t("Take the conversation to answer it.");
            case "in_service":
                return _t("%s is serving this citizen.", conversation.agent);
            case "survey":
                return _t("Waiting for the citizen to answer the survey.");
            default:
                return _t("This conversation is closed.");
        }
    },
});
