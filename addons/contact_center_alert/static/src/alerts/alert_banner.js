import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";

import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { WebClient } from "@web/webclient/webclient";

const BUS_TYPE = "contact_center/alerts";
const GROUPS = ["contact_center.group_technician", "contact_center.group_manager"];

/** Alarms, notices that citizens hear, and the civil-defence mode, above every screen. */
export class AlertBanner extends Component {
    static template = "contact_center_alert.AlertBanner";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.state = useState({ banners: [], hidden: [] });
        this.reload = () => this.load();
        onWillStart(async () => {
            const belongs = await Promise.all(GROUPS.map((group) => user.hasGroup(group)));
            if (belongs.some(Boolean)) {
                this.bus.subscribe(BUS_TYPE, this.reload);
                this.bus.addEventListener("BUS:RECONNECT", this.reload);
                this.load();
            }
        });
        onWillDestroy(() => {
            this.bus.unsubscribe(BUS_TYPE, this.reload);
            this.bus.removeEventListener("BUS:RECONNECT", this.reload);
        });
    }

    /** Reads what is going on; a screen without the server keeps what it knows. */
    async load() {
        this.state.banners = await this.orm.silent.call(
            "contact_center.alert.banner",
            "get_banners",
            []
        );
    }

    /** The banners that the user has not put away on this screen. */
    get shown() {
        return this.state.banners.filter((one) => !this.state.hidden.includes(one.key));
    }

    /** Opens what a banner is about. */
    open(one) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: one.model,
            res_id: one.id,
            views: [[false, "form"]],
        });
    }

    /** Puts a banner away until the page is loaded again. */
    hide(one) {
        this.state.hidden.push(one.key);
    }
}

// In the flow of the page, below the bar of menus: it covers nothing and cannot be missed.
WebClient.components = { ...WebClient.components, AlertBanner };
