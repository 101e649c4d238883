import { Composer } from "@mail/core/common/composer";
import { UseSuggestion } from "@mail/core/common/suggestion_hook";
import { SuggestionService } from "@mail/core/common/suggestion_service";

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/**
 * Canned responses of each conversation as the server filled them in, by id of the conversation:
 * `{response id: {id, source, text, missing}}`.
 */
const filledIn = new Map();

/** @returns {Object|undefined} the texts of the conversation of `thread`, once they were read */
function textsOf(thread) {
    return filledIn.get(thread?.contact_center_conversation?.id);
}

patch(SuggestionService.prototype, {
    async fetchSuggestions({ delimiter }, { thread } = {}) {
        const conversation = thread?.contact_center_conversation;
        if (delimiter === "::" && conversation) {
            const rows = await this.orm.silent.call(
                "mail.canned.response",
                "get_for_conversation",
                [conversation.id]
            );
            filledIn.set(conversation.id, Object.fromEntries(rows.map((row) => [row.id, row])));
            this.store["mail.canned.response"].insert(
                rows.map(({ id, source, text }) => ({ id, source, substitution: text }))
            );
            return;
        }
        return super.fetchSuggestions(...arguments);
    },
    searchSuggestions({ delimiter }, { thread } = {}) {
        const found = super.searchSuggestions(...arguments);
        if (delimiter !== "::" || !thread?.contact_center_conversation) {
            return found;
        }
        const texts = textsOf(thread) || {};
        return { ...found, suggestions: found.suggestions.filter(({ id }) => id in texts) };
    },
});

patch(Composer.prototype, {
    get navigableListProps() {
        const props = super.navigableListProps;
        const texts = textsOf(this.thread);
        if (!texts || this.suggestion?.state.items?.type !== "mail.canned.response") {
            return props;
        }
        const options = props.options.map((option) => {
            const { text, missing } = texts[option.cannedResponse.id];
            return { ...option, label: text, title: text, missing };
        });
        return { ...props, options };
    },
});

patch(UseSuggestion.prototype, {
    insert(option) {
        super.insert(...arguments);
        if (option.missing?.length) {
            this.comp.env.services.notification.add(
                _t("This conversation has no value for: %s. Please read the text over.", [
                    option.missing.join(", "),
                ]),
                { type: "warning" }
            );
        }
    },
});
