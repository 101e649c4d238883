import { VoicePlayer } from "@mail/discuss/voice_message/common/voice_player";

import { useState } from "@odoo/owl";

import { patch } from "@web/core/utils/patch";
import { url } from "@web/core/utils/urls";

patch(VoicePlayer.prototype, {
    setup() {
        super.setup(...arguments);
        this.fallback = useState({ shown: false });
    },
    /** A citizen's file may be damaged, or of a kind this browser cannot play: offer it as a file. */
    async drawBuffer(arrayBuffer) {
        try {
            await super.drawBuffer(arrayBuffer);
        } catch (error) {
            if (!(error instanceof DOMException)) {
                throw error;
            }
            this.fallback.shown = true;
        }
    },
    get downloadUrl() {
        return url(this.props.attachment.urlRoute, {
            ...this.props.attachment.urlQueryParams,
            download: true,
        });
    },
});
