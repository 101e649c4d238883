import { panelSections } from "@contact_center/desk/conversation_panel";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const COLORS = {
    draft: "secondary",
    pushing: "secondary",
    open: "info",
    failed: "danger",
    given_up: "secondary",
};

/** The citizen's tickets in GLPI with their states. */
export class TicketsSection extends Component {
    static template = "glpi_connector.TicketsSection";
    static props = ["conversation", "data", "panel"];

    setup() {
        this.action = useService("action");
    }

    /** @param {Object} ticket a row of `data.glpi_tickets` */
    color(ticket) {
        return COLORS[ticket.state] || "secondary";
    }

    /** @param {Object} ticket a row of `data.glpi_tickets` */
    open(ticket) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "glpi.ticket",
            res_id: ticket.id,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

panelSections.add("glpi_tickets", {
    sequence: 40,
    title: _t("GLPI tickets"),
    Component: TicketsSection,
    count: (data) => data.glpi_tickets.length,
});
