import { Message } from "@mail/core/common/message";
import { Message as MessageModel } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

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

/** What became of a message on its way to the citizen, as on the citizen's own telephone. */
export class DeliveryTick extends Component {
    static template = "contact_center.DeliveryTick";
    static props = { alignedRight: { type: Boolean, optional: true }, delivery: Object };

    get tick() {
        return TICKS[this.props.delivery.state] || TICKS.queued;
    }

    get title() {
        const { reason } = this.props.delivery;
        return reason ? `${this.tick.title}: ${reason}` : this.tick.title;
    }
}

patch(MessageModel.prototype, {
    setup() {
        super.setup(...arguments);
        /** `{state, reason}` of a message that goes to a citizen, else undefined. */
        this.contact_center_delivery = fields.Attr(undefined);
    },
});

Object.assign(Message.components, { DeliveryTick });
