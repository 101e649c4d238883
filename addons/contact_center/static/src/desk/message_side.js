import { Message } from "@mail/core/common/message";
import { Message as MessageModel } from "@mail/core/common/message_model";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** Names of the sides, for people who do not see the colours. */
const SIDES = {
    citizen: _t("Message of the citizen"),
    assistant: _t("Message of the virtual assistant"),
    team: _t("Message of the team"),
};

patch(MessageModel.prototype, {
    /**
     * The speaker in a conversation: "citizen", "assistant" or "team"; "" in any other thread, and
     * for Odoo's own notices. It is the same for every reader.
     */
    get contactCenterSide() {
        const conversation = this.thread?.contact_center_conversation;
        if (!conversation?.partner_id || this.message_type === "notification") {
            return "";
        }
        return (
            {
                [conversation.partner_id]: "citizen",
                [conversation.assistant_id]: "assistant",
            }[this.author_id?.id] || "team"
        );
    },
    get bubbleColor() {
        const color = super.bubbleColor;
        const isOfTeam = this.contactCenterSide === "team";
        return color === "blue" && isOfTeam ? "green" : color;
    },
});

patch(Message.prototype, {
    /** The citizen is at the left, answers are at the right. */
    get isAlignedRight() {
        const side = this.props.message.contactCenterSide;
        return side ? side !== "citizen" : super.isAlignedRight;
    },
    get attClass() {
        const side = this.props.message.contactCenterSide;
        return { ...super.attClass, [`o-contact-center-side o-side-${side}`]: Boolean(side) };
    },
    get messageTypeText() {
        return SIDES[this.props.message.contactCenterSide]?.toString() || super.messageTypeText;
    },
});
