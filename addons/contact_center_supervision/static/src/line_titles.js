import { _t } from "@web/core/l10n/translation";

import { lineTitles } from "@contact_center/views/line_titles";

lineTitles.add("contact_center.notice.receipt", { record: _t("Confirmation of reading") });
