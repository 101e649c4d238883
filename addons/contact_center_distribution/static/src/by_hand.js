import { Desk } from "@contact_center/desk/desk_service";

import { patch } from "@web/core/utils/patch";

/** What a queue hands out by itself is not picked by hand, but by supervisors. */
patch(Desk.prototype, {
    /** @param {Object} row */
    mayPick(row) {
        return super.mayPick(row) && (row.by_hand !== false || this.isSupervisor);
    },
});
