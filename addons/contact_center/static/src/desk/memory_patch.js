/**
 * Discuss keeps what it has shown: each time somebody goes from one conversation to another, all
 * messages of the one that is left stay in memory, over two megabytes. Somebody who works in it all
 * day would have to reload the page every hour. The patches below end what holds them.
 */

import { Thread } from "@mail/core/common/thread";
import { Store } from "@mail/model/store";

import { toRaw } from "@odoo/owl";

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
