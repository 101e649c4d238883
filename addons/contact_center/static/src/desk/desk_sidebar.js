import { discussSidebarItemsRegistry } from "@mail/core/public_web/discuss_sidebar";

import { Component, useState } from "@odoo/owl";

import { useService } from "@web/core/utils/hooks";

/** The two lists of the desk in the side bar of Discuss: waiting, and being served by me. */
export class DeskSidebar extends Component {
    static template = "contact_center.DeskSidebar";
    static props = {};

    setup() {
        this.desk = useState(useService("contact_center.desk"));
        this.store = useService("mail.store");
        this.state = useState({ taking: false });
    }

    /** @param {Object} row */
    isActive(row) {
        const thread = this.store.discuss.thread;
        return thread?.model === "discuss.channel" && thread.id === row.channel_id;
    }

    /** @param {Object} row */
    unread(row) {
        const thread = this.store.Thread.get({ model: "discuss.channel", id: row.channel_id });
        return thread?.self_member_id?.message_unread_counter || 0;
    }

    /** @param {Object} row */
    async onClickTake(row) {
        if (this.state.taking) {
            return;
        }
        this.state.taking = true;
        try {
            await this.desk.take(row);
        } finally {
            this.state.taking = false;
        }
    }
}

discussSidebarItemsRegistry.add("contact_center", DeskSidebar, { sequence: 5 });
