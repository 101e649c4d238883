import { onWillDestroy } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** How often the form of a running data export is read again, in milliseconds. */
const REFRESH_INTERVAL = 2000;

/** Form whose progress moves while the data export runs in the background. */
export class DataExportFormController extends FormController {
    setup() {
        super.setup();
        const timer = setInterval(async () => {
            const { root } = this.model;
            if (root?.data?.state === "running" && !(await root.isDirty())) {
                await root.load();
            }
        }, REFRESH_INTERVAL);
        onWillDestroy(() => clearInterval(timer));
    }
}

registry.category("views").add("contact_center_data_export_form", {
    ...formView,
    Controller: DataExportFormController,
});
