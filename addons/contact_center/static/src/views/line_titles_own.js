import { _t } from "@web/core/l10n/translation";

import { lineTitles } from "./line_titles";

lineTitles
    .add("contact_center.conversation", { record: _t("Conversation") })
    .add("contact_center.event", { record: _t("Event") });
