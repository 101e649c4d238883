import { registry } from "@web/core/registry";
import { patch } from "@web/core/utils/patch";
import { X2ManyField } from "@web/views/fields/x2many/x2many_field";

/**
 * Title of the window of one line of a list inside a form.
 *
 * {model: {record: a line that is there, create: a new one}}. Odoo would put the list's plural
 * after "Create" and "Open:", which is no Portuguese.
 */
export const lineTitles = registry.category("contact_center.line_titles");

patch(X2ManyField.prototype, {
    setup() {
        super.setup();
        const titles = lineTitles.get(this.list.resModel, null);
        if (titles) {
            const open = this._openRecord;
            this._openRecord = (params) =>
                open({ title: params.record ? titles.record : titles.create, ...params });
        }
    },
});
