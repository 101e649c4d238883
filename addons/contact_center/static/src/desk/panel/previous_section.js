import { panelSections } from "@contact_center/desk/conversation_panel";
import { formatTime } from "@contact_center/desk/panel/times";

import { Component, markup, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const MODEL = "contact_center.conversation";

/** The citizen's earlier conversations; their text is read page by page when one is opened. */
export class PreviousSection extends Component {
    static template = "contact_center.PreviousSection";
    static props = ["conversation", "data", "panel"];

    setup() {
        this.orm = useService("orm");
        this.formatTime = formatTime;
        this.markup = markup;
        /** id of an opened conversation -> `{ messages, more, busy }` */
        this.state = useState({ opened: {}, busy: false });
    }

    get previous() {
        return this.props.data.previous;
    }

    async loadMore() {
        this.state.busy = true;
        try {
            const { rows } = this.previous;
            const page = await this.orm.call(MODEL, "get_previous", [
                [this.props.conversation.id],
                rows.length,
            ]);
            this.props.panel.update({
                previous: { total: page.total, rows: [...rows, ...page.rows] },
            });
        } finally {
            this.state.busy = false;
        }
    }

    /** @param {number} id opens a conversation, or folds it up again */
    async toggle(id) {
        if (this.state.opened[id]) {
            delete this.state.opened[id];
            return;
        }
        this.state.opened[id] = { messages: [], more: false, busy: false };
        await this.read(id);
    }

    /** @param {number} id reads the next page of its messages */
    async read(id) {
        const opened = this.state.opened[id];
        opened.busy = true;
        try {
            const page = await this.orm.call(MODEL, "get_previous_messages", [
                [this.props.conversation.id],
                id,
                opened.messages.at(-1)?.id || 0,
            ]);
            opened.messages.push(...page.messages);
            opened.more = page.more;
        } finally {
            opened.busy = false;
        }
    }

    /** @param {Object} row subject and agent, in one line */
    summary(row) {
        return [row.disposition, row.agent || row.queue, row.outcome].filter(Boolean).join(" · ");
    }
}

panelSections.add("previous", {
    sequence: 50,
    title: _t("Earlier conversations"),
    Component: PreviousSection,
    count: (data) => data.previous.total,
});
