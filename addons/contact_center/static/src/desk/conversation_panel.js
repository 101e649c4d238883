import { DiscussContent } from "@mail/core/public_web/discuss_content";
import { registerThreadAction, ThreadAction } from "@mail/core/common/thread_actions";
import { ActionPanel } from "@mail/discuss/core/common/action_panel";

import { Component, useState } from "@odoo/owl";

import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

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

/** Side panel: who the citizen is and what the assistant has collected. */
export class ConversationPanel extends Component {
    static template = "contact_center.ConversationPanel";
    static components = { ActionPanel };
    static props = ["thread"];

    setup() {
        this.desk = useState(useService("contact_center.desk"));
        this.action = useService("action");
    }

    get conversation() {
        return this.props.thread.contact_center_conversation;
    }

    /** @param {string|false} value UTC time of the server */
    formatTime(value) {
        return value ? toLocaleDateTimeString(deserializeDateTime(value.replace("T", " "))) : "";
    }

    openRecord(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

registerThreadAction("contact-center-info", {
    actionPanelComponent: ConversationPanel,
    condition: ({ owner, thread }) =>
        Boolean(thread?.contact_center_conversation) && !owner.isDiscussSidebarChannelActions,
    icon: "fa fa-fw fa-address-card-o",
    name: _t("Citizen and collected data"),
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
