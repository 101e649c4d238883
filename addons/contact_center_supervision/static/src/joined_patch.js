import { Thread } from "@mail/core/common/thread_model";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

const isJoined = (conversation) => (conversation?.joined || []).includes(user.userId);

patch(Thread.prototype, {
    /** A leader who joined writes to the citizen beside the agent. */
    get isServedBySelf() {
        const conversation = this.contact_center_conversation;
        return (
            super.isServedBySelf || (conversation?.state === "in_service" && isJoined(conversation))
        );
    },
});

registry.category("contact_center.conversation_actions").add("leave", {
    sequence: 30,
    icon: "fa-sign-out",
    label: _t("Leave it to the agent"),
    condition: (conversation) => conversation.state === "in_service" && isJoined(conversation),
    run: (conversation, desk) =>
        desk.env.orm.call("contact_center.conversation", "action_leave", [[conversation.id]]),
});
