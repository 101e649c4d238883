import { panelSections } from "@contact_center/desk/conversation_panel";

import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const FIELDS = [
    { name: "name", label: _t("Name") },
    { name: "phone", label: _t("Phone"), type: "tel" },
    { name: "email", label: _t("E-mail"), type: "email" },
    { name: "street", label: _t("Street") },
    { name: "city", label: _t("City") },
    { name: "contact_center_department", label: _t("Secretariat or department") },
];

/** The citizen's data, which can be corrected on the spot. */
export class CitizenSection extends Component {
    static template = "contact_center.CitizenSection";
    static props = ["conversation", "data", "panel"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.fields = FIELDS;
        this.state = useState({ values: null, busy: false });
    }

    get citizen() {
        return this.props.data.citizen;
    }

    get canEdit() {
        return this.props.data.may_annotate && !this.citizen.locked;
    }

    get address() {
        return [this.citizen.street, this.citizen.city].filter(Boolean).join(", ");
    }

    onClickEdit() {
        this.state.values = Object.fromEntries(
            FIELDS.map(({ name }) => [name, this.citizen[name]])
        );
    }

    onClickCancel() {
        this.state.values = null;
    }

    /** Sends only what was changed, so that nobody else's correction is undone. */
    async onSubmit() {
        const changed = Object.entries(this.state.values).filter(
            ([name, value]) => value.trim() !== this.citizen[name]
        );
        this.state.busy = true;
        try {
            if (changed.length) {
                const citizen = await this.orm.call(
                    "contact_center.conversation",
                    "update_citizen",
                    [[this.props.conversation.id], Object.fromEntries(changed)]
                );
                this.props.panel.update({ citizen });
            }
            this.state.values = null;
        } finally {
            this.state.busy = false;
        }
    }

    openCitizen() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.citizen.id,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

panelSections.add("citizen", {
    sequence: 10,
    title: _t("Who is calling"),
    Component: CitizenSection,
});
