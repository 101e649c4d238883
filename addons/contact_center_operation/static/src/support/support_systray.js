import { Component, onWillStart, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

/** A screen's data about itself: its address and browser, nothing of its content. */
export function screenContext(place = window) {
    return {
        default_page: place.location.pathname,
        default_browser: place.navigator.userAgent,
        default_screen: `${place.innerWidth}x${place.innerHeight}`,
    };
}

/** The way to the support from every screen. */
export class SupportSystray extends Component {
    static template = "contact_center_operation.SupportSystray";
    static props = {};

    setup() {
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({ shown: false });
        onWillStart(async () => {
            const groups = ["contact_center.group_technician", "contact_center.group_manager"];
            const belongs = await Promise.all(groups.map((group) => user.hasGroup(group)));
            this.state.shown = belongs.some(Boolean);
        });
    }

    /** Opens an empty request over the screen on which the problem is. */
    onClick() {
        this.dialog.add(FormViewDialog, {
            resModel: "contact_center.support.request",
            title: _t("Ask the support"),
            context: screenContext(),
            onRecordSaved: (record) => {
                const words = _t("Your request has the number %s.", record.data.number);
                this.notification.add(words, { type: "success" });
            },
        });
    }
}

registry
    .category("systray")
    .add("contact_center_operation.support", { Component: SupportSystray }, { sequence: 90 });
