import { panelSections } from "@contact_center/desk/conversation_panel";
import { formatTime } from "@contact_center/desk/panel/times";

import { Component, markup } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** The citizen's answers to the assistant; the desk gets them as soon as they are known. */
export class CollectedSection extends Component {
    static template = "contact_center.CollectedSection";
    static props = ["conversation", "data", "panel"];

    get collected() {
        return this.props.conversation.collected || this.props.data.collected;
    }
}

/** The last note of a transfer for the next agent: read before all else. */
export class TransferSection extends Component {
    static template = "contact_center.TransferSection";
    static props = ["conversation", "data", "panel"];

    setup() {
        this.formatTime = formatTime;
        this.markup = markup;
    }
}

/** Internal notes of the conversation. */
export class NotesSection extends Component {
    static template = "contact_center.NotesSection";
    static props = ["conversation", "data", "panel"];

    setup() {
        this.formatTime = formatTime;
        this.markup = markup;
    }
}

/** Files of both sides, the newest first. */
export class FilesSection extends Component {
    static template = "contact_center.FilesSection";
    static props = ["conversation", "data", "panel"];

    get limitLabel() {
        const { rows, total } = this.props.data.files;
        return _t("The newest %(shown)s of %(total)s.", { shown: rows.length, total });
    }
}

/** When things happened, and the way to the whole record. */
export class TimesSection extends Component {
    static template = "contact_center.TimesSection";
    static props = ["conversation", "data", "panel"];

    setup() {
        this.action = useService("action");
        this.formatTime = formatTime;
    }

    openConversation() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "contact_center.conversation",
            res_id: this.props.conversation.id,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

panelSections.add("transfer", {
    sequence: 5,
    title: _t("Hand-over note"),
    Component: TransferSection,
    condition: (data) => Boolean(data?.transfer),
});
panelSections.add("collected", {
    sequence: 30,
    title: _t("Collected by the assistant"),
    Component: CollectedSection,
});
panelSections.add("notes", {
    sequence: 60,
    title: _t("Notes"),
    Component: NotesSection,
    count: (data) => data.notes.length,
});
panelSections.add("files", {
    sequence: 70,
    title: _t("Files"),
    Component: FilesSection,
    count: (data) => data.files.total,
});
panelSections.add("times", { sequence: 90, title: _t("Times"), Component: TimesSection });
