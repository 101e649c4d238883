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

/** Ids of the partners who may be mentioned, as the server told, by id of the conversation. */
const audiences = new Map();

patch(SuggestionService.prototype, {
    async fetchPartnersRoles(term, thread, { abortSignal } = {}) {
        const conversation = thread?.contact_center_conversation;
        if (!conversation) {
            return super.fetchPartnersRoles(...arguments);
        }
        const data = await this.makeOrmCall(
            "res.partner",
            "get_mention_suggestions_from_channel",
            [],
            { search: term, channel_id: thread.id },
            { abortSignal }
        );
        this.store.insert(data);
        const told = (data["res.partner"] || []).map(({ id }) => id);
        const known = audiences.get(conversation.id) || [];
        audiences.set(conversation.id, new Set([...known, ...told]));
    },
    getPartnerSuggestions(thread) {
        const partners = super.getPartnerSuggestions(...arguments);
        const conversation = thread?.contact_center_conversation;
        if (!conversation) {
            return partners;
        }
        // Those who may read the note: never a citizen, another department, or oneself.
        const audience = audiences.get(conversation.id) || new Set();
        return partners.filter(({ id }) => audience.has(id));
    },
    searchRoleSuggestions() {
        const found = super.searchRoleSuggestions(...arguments);
        return this.store.discuss.isContactCenterDesk ? { ...found, suggestions: [] } : found;
    },
});
