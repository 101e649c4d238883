import { lineTitles } from "@contact_center/views/line_titles";

import { _t } from "@web/core/l10n/translation";

lineTitles
    .add("chatbot.flow.step", { record: _t("Step"), create: _t("New step") })
    .add("chatbot.flow.option", { record: _t("Option"), create: _t("New option") })
    .add("chatbot.flow.version", { record: _t("Version") })
    .add("chatbot.flow.test", { record: _t("Flow test"), create: _t("New flow test") });
