import { markRaw, reactive } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const MODEL = "contact_center.offer";
const SOUND_KEY = "contact_center.offer_sound";

/**
 * What is offered to the agent now, and the clock of their after-contact work.
 *
 * A row of `offers` is a row of the desk's lists with `{offer_id, seconds, left, why}`; `endsAt`
 * is added here, in milliseconds of the browser's clock, which need not be the server's.
 */
export class Offers {
    constructor(services) {
        // Only what is offered is watched by the screen, not the services behind it.
        this.services = markRaw(services);
        this.offers = [];
        /** Id of the last offer that was read: what the bus repeats of older ones is over. */
        this.newest = 0;
        this.afterWorkEndsAt = 0;
        /** Why the supervisor's absence keeps contacts from the agent, and what to do; or "". */
        this.gate = "";
        this.refusals = [];
        this.now = Date.now();
        this.withSound = browser.localStorage.getItem(SOUND_KEY) !== "0";
        this.clock = null;
    }

    async start() {
        if (!(await user.hasGroup("contact_center.group_technician"))) {
            return;
        }
        const { bus_service: bus } = this.services;
        bus.subscribe("contact_center/offer", (told) => this.hear(told));
        bus.subscribe("contact_center/after_work", (told) => this.setAfterWork(told));
        bus.subscribe("contact_center/gate", () => this.load());
        bus.addEventListener("BUS:RECONNECT", () => this.load());
        await this.load();
    }

    /** Reads everything again, when the screen opens and after a lost connection. */
    async load() {
        const mine = await this.services.orm.silent.call(MODEL, "get_mine", []);
        this.refusals = mine.refusals;
        this.gate = mine.gate;
        this.newest = mine.newest;
        this.offers = mine.offers.map(withEnd);
        this.setAfterWork(mine.after_work);
        this.afterChange();
    }

    /** @param {{offer_id: number, result: string, row: Object}} told */
    hear({ offer_id: id, result, row }) {
        const isNew = !result && !this.offers.some((offer) => offer.offer_id === id);
        // Odoo's bus repeats the last seconds to a browser that is new to it
        if (isNew && id <= this.newest) {
            return;
        }
        this.offers = this.offers.filter((offer) => offer.offer_id !== id);
        if (!result) {
            this.offers.push(withEnd(row));
        }
        this.afterChange();
        if (isNew) {
            this.ring();
        }
    }

    /** @param {{left: number}|false} told */
    setAfterWork(told) {
        this.afterWorkEndsAt = told ? Date.now() + told.left * 1000 : 0;
        this.afterChange();
    }

    afterChange() {
        this.now = Date.now();
        const isNeeded = this.offers.length || this.afterWorkEndsAt;
        if (isNeeded && !this.clock) {
            this.clock = browser.setInterval(() => this.tick(), 500);
        } else if (!isNeeded && this.clock) {
            browser.clearInterval(this.clock);
            this.clock = null;
        }
    }

    /** Moves the countdowns on; what is over disappears, the server tells the same a moment later. */
    tick() {
        this.now = Date.now();
        this.offers = this.offers.filter((offer) => offer.endsAt > this.now);
        if (this.afterWorkEndsAt && this.afterWorkEndsAt <= this.now) {
            this.afterWorkEndsAt = 0;
        }
        this.afterChange();
    }

    /** @returns {number} seconds that are left, whole */
    left(endsAt) {
        return Math.max(Math.ceil((endsAt - this.now) / 1000), 0);
    }

    /** @returns {number} share of the time that is left, in percent */
    share(offer) {
        const left = (offer.endsAt - this.now) / 10 / Math.max(offer.seconds, 1);
        return Math.min(Math.max(left, 0), 100);
    }

    ring() {
        if (this.withSound) {
            this.services["mail.sound_effects"].play("new-message");
        }
    }

    toggleSound() {
        this.withSound = !this.withSound;
        browser.localStorage.setItem(SOUND_KEY, this.withSound ? "1" : "0");
    }

    /** @param {Object} offer serves the contact and opens it */
    async accept(offer) {
        if (await this.answer("accept", [offer.offer_id])) {
            await this.services["contact_center.desk"].open(offer);
        }
    }

    /**
     * @param {Object} offer
     * @param {string} refusal code of the reason
     */
    async refuse(offer, refusal) {
        await this.answer("refuse", [offer.offer_id, refusal]);
    }

    /** @returns {Promise<boolean>} whether the server took the answer; else it said why not */
    async answer(method, args) {
        try {
            await this.services.orm.call(MODEL, method, args);
            this.offers = this.offers.filter((offer) => offer.offer_id !== args[0]);
            this.afterChange();
            return true;
        } catch (error) {
            await this.load();
            if (error.exceptionName !== "odoo.exceptions.UserError") {
                throw error;
            }
            this.services.notification.add(error.data.message, { type: "warning" });
            return false;
        }
    }

    async getReady() {
        await this.services.orm.call("contact_center.agent.state", "set_ready", []);
        this.setAfterWork(false);
    }
}

/** @param {Object} row an offer as the server tells it */
function withEnd(row) {
    return { ...row, endsAt: Date.now() + row.left * 1000 };
}

export const offerService = {
    dependencies: [
        "bus_service",
        "contact_center.desk",
        "mail.sound_effects",
        "notification",
        "orm",
    ],
    start(env, services) {
        const offers = reactive(new Offers(services));
        offers.start();
        return offers;
    },
};

registry.category("services").add("contact_center.offers", offerService);
