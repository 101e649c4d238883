import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * How each kind of call for attention reads. The payload of the bus notification
 * `contact_center/attention` is `{kind, conversation_id, channel_id, protocol, partner, author,
 * text}`, see `_call_attention` on the server.
 */
const KINDS = {
    whisper: {
        title: (told) => _t("%(author)s whispers · %(partner)s", told),
        message: (told) => told.text,
        type: "warning",
    },
    mention: {
        title: (told) => _t("%(author)s mentioned you · %(partner)s", told),
        message: (told) => told.text,
        type: "warning",
    },
    handed: {
        title: (told) => _t("%(author)s handed you a conversation", told),
        message: (told) => `${told.partner} · ${told.protocol}${told.text && `: ${told.text}`}`,
        type: "info",
    },
    taken_over: {
        title: (told) => _t("%(author)s took over your conversation with %(partner)s", told),
        message: (told) => _t("Reason: %(text)s", told),
        type: "danger",
        gone: true,
    },
    joined: {
        title: (told) => _t("%(author)s joined your conversation with %(partner)s", told),
        message: (told) => _t("Reason: %(text)s", told),
        type: "info",
    },
    moved_away: {
        title: (told) => _t("%(author)s transferred your conversation with %(partner)s", told),
        message: (told) => _t("It continues with: %(text)s", told),
        type: "danger",
        gone: true,
    },
};

/** Shows agents what colleagues want them to notice, until they close it or open the thread. */
export const attentionService = {
    dependencies: ["bus_service", "contact_center.desk", "notification"],
    start(env, services) {
        const { bus_service: bus, notification, "contact_center.desk": desk } = services;
        bus.subscribe("contact_center/attention", (told) => {
            const kind = KINDS[told.kind];
            if (!kind) {
                return;
            }
            const buttons = kind.gone
                ? []
                : [{ name: _t("Open the conversation"), primary: true, onClick: () => open(told) }];
            const close = notification.add(kind.message(told), {
                title: kind.title(told).toString(),
                type: kind.type,
                sticky: true,
                className: `o-contact-center-Attention o-kind-${told.kind}`,
                buttons,
            });
            function open(row) {
                close();
                return desk.open(row);
            }
        });
    },
};

registry.category("services").add("contact_center.attention", attentionService);
