import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { SearchBar } from "@web/search/search_bar/search_bar";

patch(SearchBar.prototype, {
    /**
     * The words before the field's name. Odoo puts the phrase together from pieces, one of which
     * is not translated into Portuguese and would not fit; other languages keep Odoo's own.
     */
    get searchesIn() {
        return user.lang?.startsWith("pt") ? _t("Search in").toString() : "";
    },
});
