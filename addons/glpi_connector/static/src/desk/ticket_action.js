import { conversationActions } from "@contact_center/desk/conversation_actions";

import { _t } from "@web/core/l10n/translation";

conversationActions.add("open_ticket", {
    sequence: 40,
    icon: "fa-ticket",
    label: _t("Open GLPI ticket"),
    hotkey: "shift+g",
    condition: (conversation, desk) => desk.isServedByMe(conversation),
    run: (conversation, desk) => desk.runMethod(conversation, "action_new_ticket"),
});
