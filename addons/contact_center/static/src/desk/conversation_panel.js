import { DiscussContent } from "@mail/core/public_web/discuss_content";
import { registerThreadAction, ThreadAction } from "@mail/core/common/thread_actions";
import { ActionPanel } from "@mail/discuss/core/common/action_panel";

import { Component, markRaw, useEffect, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

const NOT_YOURS = _t("This conversation is no longer available to you.");

/** Actions of a thread that make no sense with a citizen on the telephone's other end. */
const HIDDEN_ACTIONS = [
    "call",
    "camera-call",
    "invite-people",
    "leave",
    "livechat-info",
    "livechat-status",
    "member-list",
    "rename-thread",
];

/**
 * Sections of the side panel. An entry is
 * `{ sequence, title, Component, condition?: (data, conversation) => boolean,
 * count?: (data) => number }`; `data` is what `contact_center.conversation.get_panel()` returned.
 * The component gets the props `{ conversation, data, panel }`; `panel.update(values)` replaces
 * parts of `data`, `panel.reload()` reads all of it again.
 */
export const panelSections = registry.category("contact_center.panel_sections");

/** Side panel of a conversation; what it shows is read when it is opened. */
export class ConversationPanel extends Component {
    static template = "contact_center.ConversationPanel";
    static components = { ActionPanel };
    static props = ["thread"];

    setup() {
        this.orm = useService("orm");
        this.desk = useService("contact_center.desk");
        this.state = useState({ data: null, problem: "" });
        this.keepLast = new KeepLast();
        this.panel = {
            reload: () => this.load(),
            update: (values) => this.show({ ...this.state.data, ...values }),
        };
        useEffect(
            (id) => {
                if (this.shownId !== id) {
                    this.shownId = id;
                    this.state.data = null;
                }
                this.load();
            },
            () => [
                this.conversation.id,
                this.conversation.state,
                this.newestOfInterest,
                this.newestMark,
            ]
        );
    }

    get conversation() {
        return this.props.thread.contact_center_conversation;
    }

    /** Changes when the server says that the panel has something new; most news are without. */
    get newestMark() {
        this.mark = this.conversation.panel_mark || this.mark;
        return this.mark;
    }

    /** Newest message that changes what the panel shows: a note, or one with files. */
    get newestOfInterest() {
        const { messages } = this.props.thread;
        for (let index = messages.length - 1; index >= 0; index--) {
            const message = messages[index];
            if (message.isNote || message.attachment_ids.length) {
                return `${message.id}/${message.attachment_ids.length}`;
            }
        }
        return "";
    }

    /** Reads the panel's data; when the conversation went to somebody else, says so. */
    async load() {
        const id = this.conversation.id;
        if (this.desk.loaded && !this.desk.mayRead(this.conversation)) {
            this.state.problem = NOT_YOURS;
            return;
        }
        try {
            const data = await this.keepLast.add(
                this.orm.silent.call("contact_center.conversation", "get_panel", [[id]])
            );
            this.show(data);
            this.state.problem = "";
        } catch (error) {
            if (error.exceptionName !== "odoo.exceptions.AccessError") {
                throw error;
            }
            this.state.problem = NOT_YOURS;
        }
    }

    /**
     * The sections get other data, never changed data: what they watched would stay in memory for
     * as long as the panel is open, all day.
     *
     * @param {Object} data
     */
    show(data) {
        this.state.data = markRaw(data);
    }

    get sections() {
        const { data } = this.state;
        return panelSections
            .getEntries()
            .map(([key, entry]) => ({ key, ...entry }))
            .filter(({ condition }) => !condition || condition(data, this.conversation))
            .sort((a, b) => a.sequence - b.sequence);
    }
}

registerThreadAction("contact-center-info", {
    actionPanelComponent: ConversationPanel,
    condition: ({ owner, thread }) =>
        Boolean(thread?.contact_center_conversation) && !owner.isDiscussSidebarChannelActions,
    icon: "fa fa-fw fa-address-card-o",
    name: _t("Citizen, history and files"),
    panelOuterClass: "bg-inherit",
    sequence: 10,
    sequenceGroup: 7,
    toggle: true,
});

patch(ThreadAction.prototype, {
    _condition({ action, thread }) {
        if (thread?.contact_center_conversation && HIDDEN_ACTIONS.includes(action.id)) {
            return false;
        }
        if (action.id === "invite-people" && thread?.store.discuss.isContactCenterDesk) {
            // The desk has chats of two colleagues only
            return false;
        }
        return super._condition(...arguments);
    },
});

patch(DiscussContent.prototype, {
    actionPanelAutoOpenFn() {
        if (!this.thread?.contact_center_conversation || this.ui.isSmall) {
            return super.actionPanelAutoOpenFn();
        }
        const panel = this.threadActions.actions.find(({ id }) => id === "contact-center-info");
        if (panel && !panel.isActive) {
            panel.open();
        }
    },
});
