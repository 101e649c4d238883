import { lineTitles } from "@contact_center/views/line_titles";

import { _t } from "@web/core/l10n/translation";

lineTitles
    .add("whatsapp.identity", { record: _t("Person on WhatsApp") })
    .add("whatsapp.identity.address", { record: _t("Number or id") });
