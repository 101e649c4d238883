import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { WebClient } from "@web/webclient/webclient";

const { DateTime } = luxon;

const BUS_TYPE = "contact_center/demo";
/** How often it is looked whether the time is over, in milliseconds. */
const CLOCK_INTERVAL = 30000;

/**
 * Says above every screen, to everybody, that the demonstration acts as if it were open. It cannot
 * be closed: an administrator goes back to the real hours, or the time runs out.
 */
export class DemoBanner extends Component {
    static template = "contact_center.DemoBanner";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.bus = useService("bus_service");
        this.state = useState({ until: null, now: DateTime.now(), administrator: false });
        this.reload = () => this.load();
        onWillStart(async () => {
            if (!session.contact_center_demo) {
                return;
            }
            const groups = ["group_technician", "group_manager", "group_administrator"];
            const [technician, manager, administrator] = await Promise.all(
                groups.map((group) => user.hasGroup(`contact_center.${group}`))
            );
            this.state.administrator = administrator;
            if (technician || manager) {
                this.bus.subscribe(BUS_TYPE, this.reload);
                this.bus.addEventListener("BUS:RECONNECT", this.reload);
                this.clock = browser.setInterval(
                    () => (this.state.now = DateTime.now()),
                    CLOCK_INTERVAL
                );
                this.load();
            }
        });
        onWillDestroy(() => {
            this.bus.unsubscribe(BUS_TYPE, this.reload);
            this.bus.removeEventListener("BUS:RECONNECT", this.reload);
            browser.clearInterval(this.clock);
        });
    }

    async load() {
        this.take(await this.orm.silent.call("contact_center.demo", "get_state"));
    }

    take({ until }) {
        this.state.until = until ? deserializeDateTime(until) : null;
        this.state.now = DateTime.now();
    }

    get shown() {
        return this.state.until && this.state.until > this.state.now;
    }

    get words() {
        return _t(
            "Demonstration: all queues act as if it were Monday, 10 a.m., until %s. The real hours do not count.",
            this.state.until.toLocaleString(DateTime.TIME_SIMPLE)
        );
    }

    async stop() {
        this.take(await this.orm.call("contact_center.demo", "act_open", [false]));
    }
}

// In the flow of the page, as the announcements of maintenance windows: it covers nothing.
WebClient.components = { ...WebClient.components, DemoBanner };
