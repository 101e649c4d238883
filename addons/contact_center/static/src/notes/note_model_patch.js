import { Composer } from "@mail/core/common/composer_model";
import { Message } from "@mail/core/common/message_model";
import { Thread } from "@mail/core/common/thread_model";

import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        /** Whether the user chose to write an internal note instead of an answer. */
        this.contactCenterNoteChosen = false;
    },
    /** Whether what is being written is an internal note of a conversation. */
    get isContactCenterNote() {
        const thread = this.thread;
        return Boolean(
            thread?.contact_center_conversation &&
                !this.message &&
                thread.mayWriteNote &&
                (this.contactCenterNoteChosen ||
                    !thread.isServedBySelf ||
                    this.replyToMessage?.isNote)
        );
    },
});

patch(Message.prototype, {
    /** Whether this is an internal note of a conversation: for the team, never for the citizen. */
    get isContactCenterNote() {
        return Boolean(this.isNote && this.thread?.contact_center_conversation);
    },
});

patch(Thread.prototype, {
    /** Whether the user may write internal notes here: the agent, and supervisors. */
    get mayWriteNote() {
        const conversation = this.contact_center_conversation;
        const { isSupervisor } = this.store.env.services["contact_center.desk"];
        return Boolean(conversation && (conversation.agent_id === user.userId || isSupervisor));
    },
    get composerDisabled() {
        return this.mayWriteNote ? false : super.composerDisabled;
    },
});
