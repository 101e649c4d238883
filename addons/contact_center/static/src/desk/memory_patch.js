/**
 * Discuss keeps what it has shown: each time somebody goes from one conversation to another, all
 * messages of the one that is left stay in memory, over two megabytes. Somebody who works in it all
 * day would have to reload the page every hour. The patches below end what holds them; measured in
 * docs/decisions/discuss-forgets.md.
 *
 * They touch internals of Discuss. Each is applied only where these are as they were when it was
 * written (`version_guard.js`); `tests/test_discuss_internals.py` looks at the same in Odoo's source.
 */

import { Composer } from "@mail/core/common/composer";
import { Thread } from "@mail/core/common/thread";
import { Record } from "@mail/model/record";
import { RecordInternal } from "@mail/model/record_internal";
import { Store } from "@mail/model/store";

import { patchIfAsExpected, takes } from "./version_guard";

import { reactive, status, toRaw } from "@odoo/owl";

import { patch } from "@web/core/utils/patch";

const page = "docs/decisions/discuss-forgets.md";

/** OWL's status of a component that has left the screen, as Odoo's composer reads it. */
const DESTROYED = 2;

const threadPatch = {
    /**
     * A message that leaves the screen tells its thread so after Owl has ended its subscriptions;
     * read through the component's own proxy it would subscribe the component again, for good.
     */
    registerMessageRef(message, ref) {
        super.registerMessageRef(toRaw(message), ref);
    },
};

const composerPatch = {
    /**
     * The composer watches its text, and ends that once it is told that it has left the screen;
     * it asks an attribute for it that components do not have.
     */
    get status() {
        return status(this) === "destroyed" ? DESTROYED : undefined;
    },
};

const storePatch = {
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
};

const recordPatch = {
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
};

patchIfAsExpected(() => patch(Thread.prototype, threadPatch), {
    loss: "Discuss keeps each message that it has shown in memory",
    page,
    expects: {
        "Thread.registerMessageRef(message, ref)": takes(Thread.prototype, "registerMessageRef", 2),
    },
});

patchIfAsExpected(() => patch(Composer.prototype, composerPatch), {
    loss: "Discuss keeps each composer that it has shown in memory",
    page,
    expects: { "a Composer without a status of its own": !("status" in Composer.prototype) },
});

patchIfAsExpected(() => patch(Store.prototype, storePatch), {
    loss: "Discuss keeps each thread that it has shown in memory",
    page,
    expects: {
        "Store._onChange(record, key, callback)": takes(Store.prototype, "_onChange", 3),
    },
});

patchIfAsExpected(() => patch(Record.prototype, recordPatch), {
    loss: "Discuss keeps records that are gone in memory",
    page,
    expects: {
        "Record.delete()": takes(Record.prototype, "delete", 0),
        "Record.exists()": takes(Record.prototype, "exists", 0),
        "a Map RecordInternal.fieldsComputeProxy2":
            new RecordInternal().fieldsComputeProxy2 instanceof Map,
    },
});
