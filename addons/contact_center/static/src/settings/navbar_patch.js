import { patch } from "@web/core/utils/patch";
import { NavBar } from "@web/webclient/navbar/navbar";

/** Its entries stand on the page of settings: tens of them in one drop-down help nobody. */
const ON_THE_PAGE = "contact_center.configuration_menu_section";

patch(NavBar.prototype, {
    get currentAppSections() {
        return super.currentAppSections.filter((section) => section.xmlid !== ON_THE_PAGE);
    },
});
