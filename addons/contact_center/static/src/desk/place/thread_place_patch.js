/** Threads by place: the desk shows its own, other screens of the contact center show none. */

import { ChatWindow } from "@mail/core/common/chat_window_model";
import { Thread } from "@mail/core/common/thread_model";
import { DiscussApp } from "@mail/core/public_web/discuss_app_model";

import { patch } from "@web/core/utils/patch";

patch(DiscussApp.prototype, {
    setup() {
        super.setup(...arguments);
        /** Whether Discuss is on the screen as the contact center's desk. */
        this.isContactCenterDesk = false;
        /** Whether the app that is open is the contact center. */
        this.isContactCenterApp = false;
    },
    /** The thread that Discuss opens next time is independent of the desk. */
    _threadOnUpdate() {
        const before = this.lastActiveId;
        super._threadOnUpdate(...arguments);
        if (this.isContactCenterDesk || this.thread?.contact_center_conversation) {
            this.lastActiveId = before;
        }
    },
});

patch(Thread.prototype, {
    get contactCenterPlace() {
        return this.store.env.services["contact_center.desk"].place;
    },
    /** Whether the desk has a place for this thread: a conversation, or the chat with a colleague. */
    get isOfDesk() {
        return (
            Boolean(this.contact_center_conversation) ||
            (this.channel_type === "chat" &&
                this.contactCenterPlace.isColleague(this.correspondent?.persona))
        );
    },
    setAsDiscussThread() {
        const { discuss, env } = this.store;
        if (discuss.isContactCenterDesk && !this.isOfDesk) {
            this.contactCenterPlace.lose(discuss.thread);
            return;
        }
        super.setAsDiscussThread(...arguments);
        if (discuss.isContactCenterDesk && env.services.ui.isSmall) {
            discuss.activeTab = this.contact_center_conversation ? "notification" : "chat";
        }
    },
    /** At the desk the action itself keeps the address, see `DeskAction`. */
    setActiveURL() {
        if (!this.store.discuss.isContactCenterDesk) {
            super.setActiveURL(...arguments);
        }
    },
    openChannel() {
        const place = this.contactCenterPlace;
        const isHere = place.isHere;
        if (!this.isOfDesk && isHere) {
            place.openElsewhere(this.id);
            return true;
        }
        if (!place.isAtDesk && (this.contact_center_conversation || (this.isOfDesk && isHere))) {
            place.openDesk(this.id);
            return true;
        }
        return super.openChannel(...arguments);
    },
    /** Nothing lies over the screens: the desk's lists above every screen say what is new. */
    get inChathubOnNewMessage() {
        const isQuiet = this.contact_center_conversation || this.contactCenterPlace.isHere;
        return !isQuiet && super.inChathubOnNewMessage;
    },
});

patch(ChatWindow.prototype, {
    computeCanShow() {
        const shows = super.computeCanShow(...arguments);
        const { discuss, env } = this.store;
        if (discuss?.isContactCenterDesk) {
            // On a telephone a thread is a window
            return shows && env.services.ui.isSmall && Boolean(this.thread?.isOfDesk);
        }
        const isQuiet = discuss?.isContactCenterApp || this.thread?.contact_center_conversation;
        return shows && !isQuiet;
    },
});
