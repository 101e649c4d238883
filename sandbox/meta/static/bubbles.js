/** The look of a message on the phone. */

import { element, formatted } from "./markup.js";

const TICKS = { sent: "Enviada", delivered: "Entregue", read: "Lida" };
const QUOTED = {
    image: "📷 Foto",
    video: "🎥 Vídeo",
    audio: "🎤 Áudio",
    document: "📄 Documento",
    location: "📍 Localização",
};
const SVG = "http://www.w3.org/2000/svg";

function icon(path, box = "0 0 24 24") {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", box);
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
}

const REPLY = "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7";
const LIST = "M4 6h2M4 12h2M4 18h2M9 6h11M9 12h11M9 18h11";
const LEAVE = "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6";
const PIN =
    "M12 21s7-6.3 7-11.5A7 7 0 0 0 5 9.5C5 14.7 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z";
const FILE = "M6 2h8l5 5v15H6zM14 2v5h5";

/** The day of a time, as WhatsApp says it. */
export function dayName(seconds) {
    const day = new Date(seconds * 1000);
    const today = new Date();
    const days = Math.round(
        (new Date(today).setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 864e5
    );
    if (days === 0) {
        return "Hoje";
    }
    if (days === 1) {
        return "Ontem";
    }
    return day.toLocaleDateString("pt-BR");
}

/** The ✓ of a citizen's message. */
export function tick(status) {
    const path = status === "sent" ? "M4 9l3.5 3.5L14 5" : "M1 9l3.5 3.5L11 5M8 11.5l1 1L15.5 5";
    const made = icon(path, "0 0 17 16");
    made.setAttribute("class", `tick ${status}`);
    made.removeAttribute("aria-hidden");
    made.setAttribute("role", "img");
    made.setAttribute("aria-label", TICKS[status] ?? status);
    made.setAttribute("data-testid", "phone-tick");
    made.setAttribute("data-status", status);
    return made;
}

function address(message) {
    if (message.media_id) {
        return `/control/media/${encodeURIComponent(message.media_id)}`;
    }
    const link = message.details.link ?? "";
    return /^https?:\/\//.test(link) ? link : "";
}

function media(message, actions, kind = message.type) {
    const src = address(message);
    const name = message.details.filename || "Documento";
    if (kind === "image" || kind === "sticker") {
        const alt = message.text || (kind === "image" ? "Foto" : "Figurinha");
        return element(
            "a",
            { class: kind, href: src, target: "_blank" },
            element("img", { src, alt, onload: actions.settled })
        );
    }
    if (kind === "video") {
        return element("video", { src, controls: "", preload: "metadata" });
    }
    if (kind === "audio") {
        const label = message.details.voice ? "Mensagem de voz" : "Áudio";
        const onplay = () => message.direction === "in" && actions.played(message);
        return element(
            "div",
            { class: "audio" },
            icon("M9 4h6v9a3 3 0 0 1-6 0zM6 11a6 6 0 0 0 12 0M12 17v4"),
            element("audio", {
                src,
                controls: "",
                preload: "metadata",
                "aria-label": label,
                onplay,
            })
        );
    }
    return element(
        "a",
        { class: "document", href: src, download: name },
        icon(FILE),
        element("span", {}, name)
    );
}

function place(message) {
    const { latitude, longitude, name, address: street } = message.details;
    const spot = `${encodeURIComponent(latitude)}/${encodeURIComponent(longitude)}`;
    const href = `https://www.openstreetmap.org/#map=17/${spot}`;
    return element(
        "a",
        { class: "place", href, target: "_blank", rel: "noreferrer", "data-testid": "phone-place" },
        element("span", { class: "map" }, icon(PIN)),
        element("strong", {}, name || "Localização"),
        element("span", {}, street || `${latitude}, ${longitude}`)
    );
}

function people(message) {
    return (message.details.contacts ?? []).map((contact) =>
        element(
            "div",
            { class: "person" },
            element("strong", {}, contact.name?.formatted_name ?? "Contato"),
            element("span", {}, contact.phones?.[0]?.phone ?? "")
        )
    );
}

function quotation(message, others) {
    const quoted = others.get(message.details.quoted);
    if (!quoted) {
        return null;
    }
    const text = quoted.text || QUOTED[quoted.type] || "Mensagem";
    return element(
        "div",
        { class: "quotation", "data-testid": "phone-quotation" },
        element("strong", {}, quoted.direction === "in" ? others.city : "Você"),
        element("span", {}, text)
    );
}

function body(message, actions) {
    const parts = [];
    const shown = message.details;
    if (shown.revoked) {
        return [element("div", { class: "footer" }, "🚫 Mensagem apagada")];
    }
    if (shown.header) {
        parts.push(element("div", { class: "header" }, shown.header));
    }
    if (shown.header_media) {
        parts.push(media(message, actions, shown.header_media));
    }
    if (["image", "video", "audio", "document", "sticker"].includes(message.type)) {
        parts.push(media(message, actions));
    }
    if (message.type === "location") {
        parts.push(place(message));
    } else if (message.type === "contacts") {
        parts.push(...people(message));
    } else if (message.text) {
        parts.push(element("div", { class: "text" }, ...formatted(message.text)));
    }
    if (shown.footer) {
        parts.push(element("div", { class: "footer" }, shown.footer));
    }
    return parts;
}

function choices(message, actions, answered) {
    const { kind, list_button: label, url, url_text: urlText } = message.details;
    const button = (path, text, onclick, testid, disabled = false) =>
        element(
            "button",
            {
                type: "button",
                class: "choice",
                onclick,
                "data-testid": testid,
                disabled: disabled ? "" : null,
            },
            icon(path),
            element("span", {}, text)
        );
    if (kind === "list") {
        return [button(LIST, label, () => actions.openList(message), "phone-list-open")];
    }
    if (kind === "cta_url" || (kind === "template" && url)) {
        if (!/^https?:\/\//.test(url)) {
            return [];
        }
        return [
            element(
                "a",
                {
                    class: "choice",
                    href: url,
                    target: "_blank",
                    rel: "noreferrer",
                    "data-testid": "phone-link",
                },
                icon(LEAVE),
                element("span", {}, urlText)
            ),
        ];
    }
    if (kind === "location_request_message") {
        return [button(PIN, "Enviar localização", actions.openPlaces, "phone-send-location")];
    }
    if (kind === "request_contact_info") {
        return [
            button(REPLY, "Compartilhar meu número", actions.shareNumber, "phone-share-number"),
        ];
    }
    return message.options.map((option) =>
        button(REPLY, option.title, () => actions.choose(option), "phone-button", answered)
    );
}

/**
 * The element of one message.
 * others: Map wamid -> message, with `.city`; actions: what taps do; extra: {reaction, answered}.
 */
export function bubble(message, others, actions, extra) {
    const side = message.direction;
    const time = new Date(message.at * 1000).toLocaleTimeString("pt-BR", {
        hour: "2-digit",
        minute: "2-digit",
    });
    const foot = element(
        "span",
        { class: "time" },
        message.details.edited && !message.details.revoked ? "Editada " : "",
        time,
        side === "out" ? tick(message.status) : null
    );
    const made = element(
        "div",
        {
            class: `message ${side} of-${message.type}`,
            "data-testid": `phone-message-${side}`,
            "data-wamid": message.wamid,
            "data-type": message.type,
        },
        element(
            "div",
            { class: "bubble" },
            quotation(message, others),
            ...body(message, actions),
            foot,
            element(
                "button",
                {
                    type: "button",
                    class: "more",
                    "aria-label": "Reagir, editar ou apagar",
                    "data-testid": "phone-message-menu",
                    onclick: () => actions.openMenu(message, extra.reaction),
                },
                ""
            )
        ),
        ...choices(message, actions, extra.answered)
    );
    if (extra.reaction) {
        made.append(
            element("span", { class: "reaction", "data-testid": "phone-reaction" }, extra.reaction)
        );
    }
    return made;
}
