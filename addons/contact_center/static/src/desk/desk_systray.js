import { Component, useState } from "@odoo/owl";

import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

import { DeskSidebar } from "./desk_sidebar";

/** The desk above every screen: how many wait, and the lists in a drop-down. */
export class DeskSystray extends Component {
    static template = "contact_center.DeskSystray";
    static components = { DeskSidebar, Dropdown };
    static props = {};

    setup() {
        this.desk = useState(useService("contact_center.desk"));
        this.store = useService("mail.store");
        this.dropdown = useDropdownState();
    }

    /** Conversations of mine in which the citizen waits for an answer. */
    get unanswered() {
        return this.desk.mine.filter((row) => row.unread).length;
    }
}

registry
    .category("systray")
    .add("contact_center.desk", { Component: DeskSystray }, { sequence: 26 });
