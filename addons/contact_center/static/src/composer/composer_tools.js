import { MARKS, mayHoldMarks } from "@contact_center/composer/marks";

import { Component, markup, onWillUnmount, useEffect, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

/** Pause in typing after which the preview is asked for, in milliseconds. */
const PAUSE = 300;
/** Part of the channel's limit from which on the characters are counted. */
const COUNT_FROM = 0.8;

/**
 * Tools over the text of an answer: marks, location, and the message as the citizen will see it.
 *
 * The preview is made by the server with the code that sends the message: it cannot differ. It
 * is shown while the text holds marks or is too long for one message, and when asked for.
 */
export class ComposerTools extends Component {
    static template = "contact_center.ComposerTools";
    static props = {
        composer: Object,
        features: Object,
        marks: Boolean,
        onCanned: Function,
        onMark: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.desk = useService("contact_center.desk");
        this.ui = useService("ui");
        this.state = useState({ asked: false, parts: [] });
        this.buttons = [
            { mark: MARKS.bold, icon: "fa-bold", title: _t("Bold (Ctrl+B)"), id: "bold" },
            { mark: MARKS.italic, icon: "fa-italic", title: _t("Italic (Ctrl+I)"), id: "italic" },
            {
                mark: MARKS.strike,
                icon: "fa-strikethrough",
                title: _t("Strikethrough (Ctrl+Shift+X)"),
                id: "strike",
            },
            { mark: MARKS.mono, icon: "fa-code", title: _t("Monospace (Ctrl+E)"), id: "mono" },
        ];
        this.alive = true;
        onWillUnmount(() => (this.alive = false));
        this.renew = useDebounced(() => this.fetchPreview(), PAUSE);
        useEffect(
            (text, wanted) => {
                if (wanted) {
                    this.renew();
                } else {
                    this.state.parts = [];
                }
            },
            () => [this.text, this.isPreviewWanted]
        );
    }

    get text() {
        return this.props.composer.composerText.trim();
    }

    get conversation() {
        return this.props.composer.thread.contact_center_conversation;
    }

    /** Characters as people count them: an emoji is not two. */
    get length() {
        return [...this.text].length;
    }

    get isLong() {
        return this.length > this.props.features.text_max;
    }

    get isPreviewWanted() {
        return Boolean(this.text && (this.state.asked || this.isLong || mayHoldMarks(this.text)));
    }

    get isPreviewShown() {
        return this.isPreviewWanted && this.state.parts.length > 0;
    }

    get count() {
        const { text_max } = this.props.features;
        return this.length > COUNT_FROM * text_max ? `${this.length} / ${text_max}` : "";
    }

    get splitNote() {
        return this.isLong && this.state.parts.length > 1
            ? _t("Too long for one message: it goes in %s messages.", this.state.parts.length)
            : "";
    }

    async fetchPreview() {
        const text = this.text;
        if (!text || !this.isPreviewWanted) {
            return;
        }
        const { parts } = await this.orm.silent.call("contact_center.conversation", "get_preview", [
            [this.conversation.id],
            text,
        ]);
        if (this.alive && text === this.text) {
            // Safe: made by the server, which escapes everything that it does not make itself
            this.state.parts = parts.map((part) => markup(part));
        }
    }

    onClickPreview() {
        this.state.asked = !this.state.asked;
    }

    onClickLocation() {
        return this.desk.dialog(this.conversation, "contact_center.location_send_action");
    }
}
