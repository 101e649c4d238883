/** Names of the composer's buttons, where Odoo's are none or say something else. */

import { composerActionsRegistry } from "@mail/core/common/composer_actions";

import { _t } from "@web/core/l10n/translation";

const canned = composerActionsRegistry.get("add-canned-response");
const odooName = canned.name;
canned.name = (params) =>
    params.composer.targetThread?.contact_center_conversation
        ? _t("Insert a canned response")
        : odooName;

const recording = composerActionsRegistry.get("voice-recording");
/** While recording the button shows the seconds, which would be all its name. */
recording.component = class extends recording.component {
    static template = "contact_center.VoiceRecordingButton";
};
