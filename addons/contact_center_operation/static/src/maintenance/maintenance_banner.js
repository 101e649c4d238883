import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { WebClient } from "@web/webclient/webclient";

const { DateTime } = luxon;

/** How often it is looked whether a window has come nearer, in milliseconds. */
const CLOCK_INTERVAL = 30000;

const STORAGE_KEY = "contact_center.dismissed_maintenance";

/**
 * Announces maintenance windows above every screen: from 24 hours before, again in the last
 * hour and while they last, even to those who closed the banner before.
 */
export class MaintenanceBanner extends Component {
    static template = "contact_center_operation.MaintenanceBanner";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.bus = useService("bus_service");
        this.state = useState({
            announced: [],
            now: DateTime.now(),
            dismissed: this.readDismissed(),
        });
        this.reload = () => this.load();
        onWillStart(async () => {
            const groups = ["contact_center.group_technician", "contact_center.group_manager"];
            const belongs = await Promise.all(groups.map((group) => user.hasGroup(group)));
            if (belongs.some(Boolean)) {
                this.bus.subscribe("contact_center/maintenance_windows", this.reload);
                this.bus.addEventListener("BUS:RECONNECT", this.reload);
                this.clock = browser.setInterval(() => this.tick(), CLOCK_INTERVAL);
                this.load();
            }
        });
        onWillDestroy(() => {
            this.bus.unsubscribe("contact_center/maintenance_windows", this.reload);
            this.bus.removeEventListener("BUS:RECONNECT", this.reload);
            browser.clearInterval(this.clock);
        });
    }

    /** Reads what is announced; a screen without the server keeps what it knows. */
    async load() {
        this.loadedAt = Date.now();
        const announced = await this.orm.silent.call(
            "contact_center.maintenance.window",
            "get_announced"
        );
        this.state.announced = announced.map((one) => ({
            ...one,
            start: deserializeDateTime(one.start),
            end: deserializeDateTime(one.end),
        }));
        this.state.now = DateTime.now();
    }

    /** Moves the clock on; once an hour windows that came into the 24 hours are read. */
    tick() {
        this.state.now = DateTime.now();
        if (Date.now() - this.loadedAt > 3600 * 1000) {
            this.load();
        }
    }

    /** The windows to show now, each with its phase and its words. */
    get shown() {
        return this.state.announced
            .filter((one) => one.end > this.state.now)
            .map((one) => ({ ...one, phase: this.phase(one), text: this.words(one) }))
            .filter((one) => !this.state.dismissed.includes(`${one.id}-${one.phase}`));
    }

    /** @returns {"day"|"hour"|"now"} how near a window is */
    phase(one) {
        if (one.start <= this.state.now) {
            return "now";
        }
        return one.start.diff(this.state.now, "minutes").minutes <= 60 ? "hour" : "day";
    }

    /** The banner's text about a window. */
    words(one) {
        const format = (at) => at.toLocaleString(DateTime.DATETIME_SHORT);
        if (this.phase(one) === "now") {
            return _t("Maintenance window going on: %(name)s, expected to end at %(end)s.", {
                name: one.name,
                end: format(one.end),
            });
        }
        return _t("Maintenance window: %(name)s, from %(start)s to %(end)s. %(reason)s", {
            name: one.name,
            start: format(one.start),
            end: format(one.end),
            reason: one.reason,
        });
    }

    /** Closes the banner of a window until it comes nearer. */
    dismiss(one) {
        this.state.dismissed.push(`${one.id}-${one.phase}`);
        const kept = JSON.stringify(this.state.dismissed.slice(-50));
        browser.localStorage.setItem(`${STORAGE_KEY}.${user.userId}`, kept);
    }

    /** @returns {string[]} what this user closed before, in this browser */
    readDismissed() {
        const kept = browser.localStorage.getItem(`${STORAGE_KEY}.${user.userId}`);
        return kept ? JSON.parse(kept) : [];
    }
}

// In the flow of the page, below the bar of menus: it covers nothing and cannot be missed.
WebClient.components = { ...WebClient.components, MaintenanceBanner };
