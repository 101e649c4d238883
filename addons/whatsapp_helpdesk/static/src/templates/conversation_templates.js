import { Composer } from "@mail/core/common/composer";

import { Component, onWillStart, onWillDestroy, onWillUpdateProps, useState } from "@odoo/owl";

import { conversationActions } from "@contact_center/desk/conversation_actions";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

/** How often the composer looks whether the 24 hours are over, in milliseconds. */
const CLOCK_INTERVAL = 5000;

conversationActions.add("template", {
    sequence: 40,
    icon: "fa-file-text-o",
    label: _t("Send template"),
    condition: (conversation, desk) =>
        conversation.channel_kind === "whatsapp" && desk.isServedByMe(conversation),
    run: (conversation, desk) =>
        desk.dialog(conversation, "whatsapp_helpdesk.template_send_action"),
});

/**
 * Stands in the composer's place once the 24 hours are over: Meta takes templates only.
 *
 * Offers those that may be sent, filled in with what is known of the conversation.
 */
export class WindowClosedPanel extends Component {
    static template = "whatsapp_helpdesk.WindowClosedPanel";
    static props = { conversation: Object };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ templates: [], loaded: false });
        onWillStart(() => this.load(this.props.conversation.id));
        onWillUpdateProps((props) => {
            if (props.conversation.id !== this.props.conversation.id) {
                return this.load(props.conversation.id);
            }
        });
    }

    /** @param {number} conversationId reads the templates that may be sent there */
    async load(conversationId) {
        this.state.templates = await this.orm.silent.call(
            "contact_center.conversation",
            "get_whatsapp_templates",
            [[conversationId]]
        );
        this.state.loaded = true;
    }

    /** @param {Object} [template] opens the dialog that sends it, or that lets one choose */
    onClickTemplate(template) {
        return this.action.doAction("whatsapp_helpdesk.template_send_action", {
            additionalContext: {
                active_id: this.props.conversation.id,
                default_template_id: template?.id || false,
            },
        });
    }
}

Composer.components = { ...Composer.components, WindowClosedPanel };

patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        this.windowClock = useState({ now: luxon.DateTime.utc() });
        const timer = setInterval(
            () => (this.windowClock.now = luxon.DateTime.utc()),
            CLOCK_INTERVAL
        );
        onWillDestroy(() => clearInterval(timer));
    },
    /** The conversation of this composer when free text can no longer be sent; notes always can. */
    get windowClosedConversation() {
        const thread = this.props.composer.thread;
        const conversation = thread?.contact_center_conversation;
        const free = !thread?.isServedBySelf || this.isContactCenterNote;
        if (!conversation?.window_until || free) {
            return undefined;
        }
        const until = luxon.DateTime.fromSQL(conversation.window_until.replace("T", " "), {
            zone: "utc",
        });
        return until <= this.windowClock.now ? conversation : undefined;
    },
});
