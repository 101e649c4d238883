import { Message } from "@mail/core/common/message";
import { Message as MessageModel } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";

import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

import { once } from "./once";

/**
 * Marks on a message: that it was corrected (with the earlier texts), deleted,
 * forwarded or sent from the telephone, and the contact cards in it.
 * The marks are those of `mail.message._contact_center_marks()`.
 */
export class MessageMarks extends Component {
    static template = "contact_center.MessageMarks";
    static props = { message: Object };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ busy: false });
    }

    get marks() {
        return this.props.message.contact_center_marks;
    }

    get conversation() {
        return this.props.message.thread?.contact_center_conversation;
    }

    /** @param {Object} card one of `marks.cards` */
    addLabel(card) {
        return _t("Add %s to the contacts", card.name);
    }

    /** @param {number} index adds that card to the contacts, or finds who has it already */
    async onClickAdd(index) {
        await once(this.state, async () => {
            const { id, created } = await this.orm.call(
                "contact_center.conversation",
                "add_card_to_contacts",
                [[this.conversation.id], this.props.message.id, index]
            );
            this.notification.add(
                created ? _t("Added to the contacts.") : _t("Already among the contacts."),
                {
                    type: "success",
                    buttons: [{ name: _t("Open the contact"), onClick: () => this.open(id) }],
                }
            );
        });
    }

    /** Only the citizen's agent fetches a file that stayed at the channel. */
    get mayFetch() {
        return Boolean(this.marks.file && this.props.message.thread?.isServedBySelf);
    }

    async onClickFetch() {
        await once(this.state, () =>
            this.orm.call("contact_center.conversation", "action_fetch_file", [
                [this.conversation.id],
                this.props.message.id,
            ])
        );
    }

    open(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: id,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

patch(MessageModel.prototype, {
    setup() {
        super.setup(...arguments);
        /** Marks of a message of a conversation, see `MessageMarks`; else undefined. */
        this.contact_center_marks = fields.Attr(undefined);
    },
});

Object.assign(Message.components, { MessageMarks });
