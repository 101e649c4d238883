import { ChatWindow } from "@mail/core/common/chat_window";
import { DiscussContent } from "@mail/core/public_web/discuss_content";

import { Component, onWillDestroy, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { conversationActions } from "./conversation_actions";
import { windowLeft } from "./times";
import { once } from "./once";

const { DateTime } = luxon;

const STATES = {
    bot: { label: _t("Virtual assistant"), color: "info" },
    queued: { label: _t("Waiting"), color: "warning" },
    in_service: { label: _t("In service"), color: "success" },
    survey: { label: _t("Survey"), color: "secondary" },
    closed: { label: _t("Closed"), color: "secondary" },
};

/** How often the countdown of the window moves, in milliseconds. */
const SECOND = 1000;

/** Strip under the header of a thread: who, protocol, queue, times, and what can be done next. */
export class ConversationBar extends Component {
    static template = "contact_center.ConversationBar";
    static props = { thread: Object };

    setup() {
        this.desk = useState(useService("contact_center.desk"));
        this.ui = useState(useService("ui"));
        this.state = useState({ busy: false, now: DateTime.utc() });
        const clock = setInterval(() => (this.state.now = DateTime.utc()), SECOND);
        onWillDestroy(() => clearInterval(clock));
    }

    get conversation() {
        return this.props.thread.contact_center_conversation;
    }

    get stateLabel() {
        return STATES[this.conversation.state] || { label: "", color: "secondary" };
    }

    /** The citizen's number, else the name they chose on the channel, else that there is none. */
    get address() {
        const { number, username } = this.conversation;
        return number || (username ? _t("@%s, no number", username) : _t("no number"));
    }

    get elapsed() {
        const { state, queued_at, accepted_at, opened_at } = this.conversation;
        if (state === "queued") {
            return this.desk.elapsed(queued_at);
        }
        return state === "in_service" ? this.desk.elapsed(accepted_at || opened_at) : "";
    }

    /** The time left for free text, while there is somebody to write to. */
    get timeLeft() {
        const open = ["queued", "in_service"].includes(this.conversation.state);
        const { never_wrote: neverWrote, window_until: until } = this.conversation;
        return open ? windowLeft(until, this.state.now, neverWrote) : undefined;
    }

    get windowClass() {
        return { open: "text-muted", near: "text-bg-warning", closed: "text-bg-danger" }[
            this.timeLeft.state
        ];
    }

    /** Entries of the registry that make sense now, with their keys. */
    get actions() {
        return conversationActions
            .getEntries()
            .map(([key, action]) => ({ key, ...action }))
            .filter((action) => action.condition(this.conversation, this.desk))
            .sort((a, b) => a.sequence - b.sequence);
    }

    /** @param {Object} action */
    onClickAction(action) {
        return once(this.state, () => action.run(this.conversation, this.desk));
    }
}

Object.assign(DiscussContent.components, { ConversationBar });
// On a telephone, and above other screens, a thread is a chat window.
Object.assign(ChatWindow.components, { ConversationBar });
