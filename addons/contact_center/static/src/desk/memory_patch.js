/**
 * Discuss keeps what it has shown: each time somebody goes from one conversation to another, all
 * messages of the one that is left stay in memory, over two megabytes. Somebody who works in it all
 * day would have to reload the page every hour. The patches below end what holds them; measured in
 * docs/decisions/discuss-forgets.md.
 */

import { Composer } from "@mail/core/common/composer";
import { Thread } from "@mail/core/common/thread";
import { Record } from "@mail/model/record";
import { Store } from "@mail/model/store";

import { reactive, status, toRaw } from "@odoo/owl";

import { patch } from "@web/core/utils/patch";

patch(Thread.prototype, {
    /**
     * A message that leaves the screen tells its thread so after Owl has ended its subscriptions;
     * read through the component's own proxy it would subscribe the component again, for good.
     */
    registerMessageRef(message, ref) {
        super.registerMessageRef(toRaw(message), ref);
    },
});

/** What Odoo's composer takes for the state of a component that has left the screen. */
const DESTROYED = 2;

patch(Composer.prototype, {
    /**
     * The composer watches its text, and ends that once it is told that it has left the screen;
     * it asks an attribute for it that components do not have.
     */
    get status() {
        return status(this) === "destroyed" ? DESTROYED : undefined;
    },
});

patch(Store.prototype, {
    /**
     * Whoever stops watching a record is forgotten at once, not when the record changes the next
     * time: most never do.
     */
    _onChange(record, key, callback) {
        let told = callback;
        const stop = super._onChange(record, key, (observe) => told?.(observe));
        return () => {
            stop?.();
            told = undefined;
        };
    },
});

patch(Record.prototype, {
    /**
     * The computed fields of a record that is gone still watch the store and other records, which
     * hold it for that. Owl ends what somebody watches when one of the things changes: so each is
     * given one thing more to watch, which changes at once.
     */
    delete() {
        super.delete(...arguments);
        if (this.exists()) {
            return;
        }
        const record = toRaw(this)._raw;
        record.contactCenterEnd = { reached: false };
        for (const watching of record._.fieldsComputeProxy2.values()) {
            void watching.contactCenterEnd.reached;
        }
        reactive(record.contactCenterEnd).reached = true;
    },
});
