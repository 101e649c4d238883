import { _t } from "@web/core/l10n/translation";

import { lineTitles } from "@contact_center/views/line_titles";

lineTitles
    .add("contact_center.confidentiality.acceptance", { record: _t("Term accepted") })
    .add("contact_center.privacy.export", { record: _t("Copy of the data") })
    .add("contact_center.privacy.retention.run", { record: _t("Run of the retention") });
