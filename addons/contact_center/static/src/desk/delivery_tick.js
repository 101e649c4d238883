import { Message } from "@mail/core/common/message";
import { Message as MessageModel } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";

import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

import { once } from "./once";

const TICKS = {
    queued: { icon: "fa-clock-o", title: _t("Waiting to be sent") },
    sending: { icon: "fa-clock-o", title: _t("Being sent") },
    unknown: { icon: "fa-clock-o", title: _t("Sent, waiting for confirmation") },
    sent: { icon: "fa-check", title: _t("Sent") },
    delivered: { icon: "fa-check", double: true, title: _t("Delivered") },
    read: { icon: "fa-check", double: true, color: "text-info", title: _t("Read") },
    played: { icon: "fa-check", double: true, color: "text-info", title: _t("Played") },
    failed: { icon: "fa-exclamation-circle", color: "text-danger", title: _t("Not delivered") },
};

/** The delivery state of a message to the citizen, as on the citizen's own telephone. */
export class DeliveryTick extends Component {
    static template = "contact_center.DeliveryTick";
    static props = {
        alignedRight: { type: Boolean, optional: true },
        delivery: Object,
        message: Object,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    get tick() {
        return TICKS[this.props.delivery.state] || TICKS.queued;
    }

    get title() {
        const { reason } = this.props.delivery;
        return reason ? `${this.tick.title}: ${reason}` : this.tick.title;
    }

    /** The failed parts of the message: `{id, name, reason, again}`. */
    get failedParts() {
        return this.props.delivery.parts || [];
    }

    /** Whether the parts have to be told apart by their names. */
    get isNamed() {
        const { attachment_ids } = this.props.message;
        return this.failedParts.length > 1 || attachment_ids.length > 1;
    }

    /** Only the citizen's agent sends something again. */
    get maySendAgain() {
        return Boolean(this.props.message.thread?.isServedBySelf);
    }

    /** @param {number} partId of the part to send once more; the others are not repeated */
    async onClickSendAgain(partId) {
        const { message } = this.props;
        const { id } = message.thread.contact_center_conversation;
        await once(this.state, () =>
            this.orm.call("contact_center.conversation", "action_send_again", [
                [id],
                message.id,
                partId,
            ])
        );
    }
}

patch(MessageModel.prototype, {
    setup() {
        super.setup(...arguments);
        /** `{state, reason, parts}` of a message that goes to a citizen, else undefined. */
        this.contact_center_delivery = fields.Attr(undefined);
    },
});

Object.assign(Message.components, { DeliveryTick });
