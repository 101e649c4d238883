import { ComposerTools } from "@contact_center/composer/composer_tools";
import { markOfKeys, toggleMark } from "@contact_center/composer/marks";

import { Composer } from "@mail/core/common/composer";
import { Message } from "@mail/core/common/message_model";

import { patch } from "@web/core/utils/patch";

patch(Composer.prototype, {
    /**
     * The channel's offers while an answer to the citizen is written
     * (`contact_center.conversation._composer_features()`); undefined in any other composer.
     */
    get answerFeatures() {
        const { composer } = this.props;
        const thread = composer.thread;
        if (composer.message || !thread?.isServedBySelf || this.isContactCenterNote) {
            return undefined;
        }
        const features = thread.contact_center_conversation.composer;
        return features?.text_max ? features : undefined;
    },
    onKeydown(ev) {
        const mark = this.answerFeatures?.marks && this.ref.el && markOfKeys(ev);
        if (mark) {
            ev.preventDefault();
            this.toggleMark(mark);
            return;
        }
        super.onKeydown(ev);
    },
    /** @param {string} mark to put around what is selected, or to take away from it */
    toggleMark(mark) {
        const { composer } = this.props;
        const { selectionStart, selectionEnd } = this.ref.el;
        const result = toggleMark(this.ref.el.value, selectionStart, selectionEnd, mark);
        composer.composerText = result.text;
        Object.assign(composer.selection, {
            start: result.start,
            end: result.end,
            direction: "none",
        });
        composer.forceCursorMove = true;
        composer.autofocus++;
    },
});

Object.assign(Composer.components, { ComposerTools });

patch(Message.prototype, {
    /** Only the agent reacts to what the citizen sees; notes are the team's own. */
    canAddReaction(thread) {
        const of_conversation = this.thread?.contact_center_conversation;
        return (
            super.canAddReaction(thread) &&
            (!of_conversation || this.isNote || this.thread.isServedBySelf)
        );
    },
});
