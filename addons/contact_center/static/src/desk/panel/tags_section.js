import { panelSections } from "@contact_center/desk/conversation_panel";

import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Tags on the conversation; one click puts one on or takes it off. */
export class TagsSection extends Component {
    static template = "contact_center.TagsSection";
    static props = ["conversation", "data", "panel"];

    setup() {
        this.orm = useService("orm");
        this.state = useState({ adding: false, name: "", busy: false });
    }

    get tags() {
        return this.props.data.tags;
    }

    get selected() {
        return this.tags.all.filter(({ id }) => this.tags.selected.includes(id));
    }

    get free() {
        const wanted = this.state.name.trim().toLowerCase();
        return this.tags.all.filter(
            ({ id, name }) =>
                !this.tags.selected.includes(id) && name.toLowerCase().includes(wanted)
        );
    }

    get canCreate() {
        const name = this.state.name.trim().toLowerCase();
        return (
            this.tags.may_create &&
            name &&
            !this.tags.all.some((tag) => tag.name.toLowerCase() === name)
        );
    }

    get createLabel() {
        return _t("Create “%s”", this.state.name.trim());
    }

    /**
     * @param {string} method of the conversation, which returns the section's data
     * @param {...any} args
     */
    async change(method, ...args) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const tags = await this.orm.call("contact_center.conversation", method, [
                [this.props.conversation.id],
                ...args,
            ]);
            this.props.panel.update({ tags });
            Object.assign(this.state, { adding: false, name: "" });
        } finally {
            this.state.busy = false;
        }
    }
}

panelSections.add("tags", { sequence: 20, title: _t("Tags"), Component: TagsSection });
