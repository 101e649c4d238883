import { _t } from "@web/core/l10n/translation";

/** States of the ledger as the desk shows them; `pause`: the agent takes nobody meanwhile. */
export const AGENT_STATES = {
    available: { label: _t("Available"), color: "text-success" },
    in_service: { label: _t("In service"), color: "text-success" },
    after_work: { label: _t("After-service work"), color: "text-info" },
    break: { label: _t("Break"), color: "text-warning", pause: true },
    with_supervisor: { label: _t("With the supervisor"), color: "text-warning", pause: true },
    away: { label: _t("Away"), color: "text-danger", pause: true },
};
