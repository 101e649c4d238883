import { Component, reactive, useState } from "@odoo/owl";

import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { WebClient } from "@web/webclient/webclient";

/** Notices of supervisors that the user has yet to confirm: rows `{id, body, author, sent_at}`. */
export const noticeService = {
    dependencies: ["bus_service", "orm"],
    start(env, { bus_service: bus, orm }) {
        const notices = reactive({ unread: [] });
        const load = async () => {
            notices.unread = await orm.silent.call("contact_center.notice", "get_mine", []);
        };
        const forget = (id) => {
            notices.unread = notices.unread.filter((notice) => notice.id !== id);
        };
        notices.acknowledge = async (id) => {
            await orm.call("contact_center.notice", "acknowledge", [id]);
            forget(id);
        };
        user.hasGroup("contact_center.group_technician").then((isAgent) => {
            if (!isAgent) {
                return;
            }
            bus.subscribe("contact_center/notice", (notice) => {
                forget(notice.id);
                notices.unread.push(notice);
            });
            // Confirmed on another screen of the same user.
            bus.subscribe("contact_center/notice/read", ({ id }) => forget(id));
            bus.addEventListener("BUS:RECONNECT", load);
            load();
        });
        return notices;
    },
};

registry.category("services").add("contact_center.notices", noticeService);

/** Strip above every screen with the oldest notice that the user has not confirmed yet. */
export class NoticeBanner extends Component {
    static template = "contact_center_supervision.NoticeBanner";
    static props = {};

    setup() {
        this.notices = useState(useService("contact_center.notices"));
        this.state = useState({ busy: false });
    }

    get notice() {
        return this.notices.unread[0];
    }

    get sentAt() {
        return toLocaleDateTimeString(deserializeDateTime(this.notice.sent_at));
    }

    async onClickRead() {
        this.state.busy = true;
        try {
            await this.notices.acknowledge(this.notice.id);
        } finally {
            this.state.busy = false;
        }
    }
}

Object.assign(WebClient.components, { NoticeBanner });
