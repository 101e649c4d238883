import { _t } from "@web/core/l10n/translation";

import { lineTitles } from "@contact_center/views/line_titles";

lineTitles.add("contact_center.data.export.part", { record: _t("Part of the data export") });
