import { Composer } from "@mail/core/common/composer";
import { Message } from "@mail/core/common/message";
import { SuggestionService } from "@mail/core/common/suggestion_service";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(Composer.prototype, {
    /** Whether to offer the choice between an answer to the citizen and an internal note. */
    get offersNote() {
        const { composer } = this.props;
        return Boolean(!composer.message && composer.thread?.mayWriteNote);
    },
    get isContactCenterNote() {
        return this.props.composer.isContactCenterNote;
    },
    /** Style of the whole composer while a note is written. */
    get noteClass() {
        return this.isContactCenterNote ? "o-contact-center-noteMode" : "";
    },
    get placeholder() {
        return this.isContactCenterNote
            ? _t("Internal note: only the team sees it")
            : super.placeholder;
    },
    get postData() {
        const data = super.postData;
        return this.isContactCenterNote ? { ...data, isNote: true } : data;
    },
    /** Nobody is typing to the citizen while a note is written, or by watching alone. */
    notifyIsTyping() {
        const watching = this.thread?.contact_center_conversation && !this.thread.self_member_id;
        if (!watching && !this.isContactCenterNote) {
            super.notifyIsTyping(...arguments);
        }
    },
    /** @param {boolean} note whether to write a note from now on, or an answer */
    chooseNote(note) {
        const { composer } = this.props;
        composer.contactCenterNoteChosen = note;
        if (!note && composer.replyToMessage?.isNote) {
            // an answer to the citizen quotes no note
            composer.replyToMessage = undefined;
        }
        composer.autofocus++;
    },
});

patch(Message.prototype, {
    get attClass() {
        return {
            ...super.attClass,
            "o-contact-center-Note": this.props.message.isContactCenterNote,
        };
    },
});

patch(SuggestionService.prototype, {
    getPartnerSuggestions(thread) {
        const partners = super.getPartnerSuggestions(...arguments);
        // In a conversation colleagues are mentioned, never a citizen.
        return thread?.contact_center_conversation
            ? partners.filter((partner) => partner.main_user_id?.share === false)
            : partners;
    },
});
