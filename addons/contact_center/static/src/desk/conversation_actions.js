import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * Actions of a conversation: the buttons of its bar, in order of their `sequence`.
 *
 * An addon registers its own in a file of its own. An entry:
 *
 * @typedef {Object} ConversationAction
 * @property {number} sequence place among the buttons, low ones to the left
 * @property {string} icon classes of Font Awesome, `fa-check`
 * @property {string} label translated; the button's text, its tooltip on a narrow screen
 * @property {string} [hotkey] pressed together with Alt, as in `data-hotkey`
 * @property {boolean} [primary] the next thing to do: shown in the main colour
 * @property {boolean} [danger] ends something: shown in red
 * @property {(conversation: Object, desk: Desk) => boolean} condition whether to offer it now
 * @property {(conversation: Object, desk: Desk) => Promise} run
 *
 * The key of an entry is also the end of its button's `data-testid`: `conversation-<key>`.
 */
export const conversationActions = registry.category("contact_center.conversation_actions");

conversationActions
    .add("take", {
        sequence: 10,
        icon: "fa-hand-paper-o",
        label: _t("Take"),
        hotkey: "shift+a",
        primary: true,
        condition: (conversation, desk) => desk.mayPick(conversation),
        run: (conversation, desk) => desk.take(conversation),
    })
    .add("take_over", {
        sequence: 20,
        icon: "fa-user-plus",
        label: _t("Take over"),
        condition: (conversation, desk) =>
            desk.isSupervisor &&
            conversation.state === "in_service" &&
            !desk.isServedByMe(conversation),
        run: (conversation, desk) => desk.takeOver(conversation),
    })
    .add("hold", {
        sequence: 40,
        icon: "fa-pause",
        label: _t("Hold"),
        condition: (conversation, desk) =>
            desk.isServedByMe(conversation) &&
            conversation.state === "in_service" &&
            !conversation.held_at,
        run: (conversation, desk) => desk.call(conversation, "action_hold"),
    })
    .add("resume", {
        sequence: 40,
        icon: "fa-play",
        label: _t("Take back"),
        primary: true,
        condition: (conversation, desk) =>
            desk.mayManage(conversation) && Boolean(conversation.held_at),
        run: (conversation, desk) => desk.call(conversation, "action_resume"),
    })
    .add("transfer", {
        sequence: 50,
        icon: "fa-share",
        label: _t("Transfer"),
        hotkey: "shift+t",
        condition: (conversation, desk) => desk.mayManage(conversation),
        run: (conversation, desk) =>
            desk.dialog(conversation, "contact_center.conversation_transfer_action"),
    })
    .add("close", {
        sequence: 90,
        icon: "fa-check",
        label: _t("Close"),
        hotkey: "shift+e",
        danger: true,
        condition: (conversation, desk) =>
            conversation.state === "in_service" && desk.mayManage(conversation),
        run: (conversation, desk) =>
            desk.dialog(conversation, "contact_center.conversation_close_action"),
    });
