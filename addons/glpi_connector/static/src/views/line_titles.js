import { lineTitles } from "@contact_center/views/line_titles";

import { _t } from "@web/core/l10n/translation";

lineTitles
    .add("glpi.document", { record: _t("File of the ticket") })
    .add("glpi.followup", { record: _t("Follow-up of the ticket") })
    .add("glpi.outbox", { record: _t("On its way to GLPI") })
    .add("glpi.catalogue.sync", { record: _t("Catalogue") });
