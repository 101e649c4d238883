import { Component, onWillDestroy, onWillStart, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { WebClient } from "@web/webclient/webclient";

const { DateTime } = luxon;

/** How often it is looked whether a stop has come nearer, in milliseconds. */
const CLOCK_INTERVAL = 30000;

const STORAGE_KEY = "contact_center.dismissed_stops";

/**
 * Announces planned stops above every screen: from 24 hours before, again in the last
 * hour and during the stop, even to those who closed the banner before.
 */
export class StopBanner extends Component {
    static template = "contact_center.StopBanner";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.bus = useService("bus_service");
        this.state = useState({ stops: [], now: DateTime.now(), dismissed: this.readDismissed() });
        this.reload = () => this.load();
        onWillStart(async () => {
            const groups = ["contact_center.group_technician", "contact_center.group_manager"];
            const belongs = await Promise.all(groups.map((group) => user.hasGroup(group)));
            if (belongs.some(Boolean)) {
                this.bus.subscribe("contact_center/planned_stops", this.reload);
                this.bus.addEventListener("BUS:RECONNECT", this.reload);
                this.clock = browser.setInterval(() => this.tick(), CLOCK_INTERVAL);
                this.load();
            }
        });
        onWillDestroy(() => {
            this.bus.unsubscribe("contact_center/planned_stops", this.reload);
            this.bus.removeEventListener("BUS:RECONNECT", this.reload);
            browser.clearInterval(this.clock);
        });
    }

    /** Reads what is announced; a screen without the server keeps what it knows. */
    async load() {
        this.loadedAt = Date.now();
        const stops = await this.orm.silent.call("contact_center.planned.stop", "get_announced");
        this.state.stops = stops.map((stop) => ({
            ...stop,
            start: deserializeDateTime(stop.start),
            end: deserializeDateTime(stop.end),
        }));
        this.state.now = DateTime.now();
    }

    /** Moves the clock on; once an hour stops that came into the 24 hours are read. */
    tick() {
        this.state.now = DateTime.now();
        if (Date.now() - this.loadedAt > 3600 * 1000) {
            this.load();
        }
    }

    /** The stops to show now, each with its phase and its words. */
    get shown() {
        return this.state.stops
            .filter((stop) => stop.end > this.state.now)
            .map((stop) => ({ ...stop, phase: this.phase(stop), text: this.words(stop) }))
            .filter((stop) => !this.state.dismissed.includes(`${stop.id}-${stop.phase}`));
    }

    /** @returns {"day"|"hour"|"now"} how near a stop is */
    phase(stop) {
        if (stop.start <= this.state.now) {
            return "now";
        }
        return stop.start.diff(this.state.now, "minutes").minutes <= 60 ? "hour" : "day";
    }

    /** What the banner says of a stop. */
    words(stop) {
        const format = (at) => at.toLocaleString(DateTime.DATETIME_SHORT);
        if (this.phase(stop) === "now") {
            return _t("Planned stop going on: %(name)s, expected to end at %(end)s.", {
                name: stop.name,
                end: format(stop.end),
            });
        }
        return _t("Planned stop: %(name)s, from %(start)s to %(end)s. %(reason)s", {
            name: stop.name,
            start: format(stop.start),
            end: format(stop.end),
            reason: stop.reason,
        });
    }

    /** Closes the banner of a stop until it comes nearer. */
    dismiss(stop) {
        this.state.dismissed.push(`${stop.id}-${stop.phase}`);
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
WebClient.components = { ...WebClient.components, StopBanner };
