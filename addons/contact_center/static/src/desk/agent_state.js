import { _t } from "@web/core/l10n/translation";

/** States of the ledger as the desk shows them; `pause`: the agent takes nobody meanwhile. */
export const AGENT_STATES = {
    available: { label: _t("Available"), color: "text-success" },
    in_service: { label: _t("In service"), color: "text-success" },
    offered: { label: _t("Offered a contact"), color: "text-success" },
    after_work: { label: _t("After-service work"), color: "text-info" },
    break: { label: _t("Break"), color: "text-warning", pause: true },
    with_supervisor: { label: _t("With the supervisor"), color: "text-warning", pause: true },
    training: { label: _t("Training"), color: "text-warning", pause: true },
    outbound: { label: _t("Active service"), color: "text-info" },
    recovery: { label: _t("Recovery after abuse"), color: "text-warning", pause: true },
    not_answering: { label: _t("Not answering"), color: "text-danger" },
    logged_out: { label: _t("Logged out"), color: "text-danger" },
    away: { label: _t("Away"), color: "text-danger", pause: true },
};
