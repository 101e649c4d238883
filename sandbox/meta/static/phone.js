/** The phone: shows the conversation, keeps it current and does what the citizen taps. */

import { bubble, dayName, tick } from "./bubbles.js";
import { element } from "./markup.js";
import { openContacts, openMessageMenu, openStickers } from "./message_menu.js";
import { Recorder } from "./recorder.js";

const query = new URLSearchParams(location.search);
const number = (query.get("wa_id") ?? "").replace(/\D/g, "");
const name = query.get("name") || "Cidadão";
const path = `/control/phones/${number}`;
const PLACES = [
    {
        title: "Praça da Estação",
        address: "Av. dos Andradas, Centro, Belo Horizonte",
        latitude: -19.9166,
        longitude: -43.9337,
    },
    {
        title: "Praça da Liberdade",
        address: "Savassi, Belo Horizonte",
        latitude: -19.9319,
        longitude: -43.9381,
    },
    {
        title: "Parque Municipal",
        address: "Av. Afonso Pena, Centro, Belo Horizonte",
        latitude: -19.923,
        longitude: -43.9352,
    },
    {
        title: "Centro de Saúde Pampulha",
        address: "Pampulha, Belo Horizonte",
        latitude: -19.8586,
        longitude: -43.9709,
    },
];
const byId = (id) => document.getElementById(id);
const [log, composer, text, sheet, notice, menu] = [
    "messages",
    "composer",
    "text",
    "sheet",
    "notice",
    "menu",
].map(byId);
const drawn = new Map();
let reading = false;
let editing = null;

async function call(method, url, value) {
    const answer = await fetch(url, { method, body: value && JSON.stringify(value) });
    const result = await answer.json();
    if (!answer.ok) {
        throw new Error(result.error);
    }
    return result;
}

function say(problem) {
    notice.textContent = problem;
    notice.hidden = !problem;
}

async function send(request) {
    try {
        await call("POST", `${path}/send`, { name, ...request });
        say("");
    } catch (error) {
        say(`A mensagem não foi enviada: ${error.message}`);
    }
}

function toBase64(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(file);
    });
}

/** Send a file; its kind follows from its type, text in the composer becomes the caption. */
async function sendFile(file, kind) {
    const base = file.type.split("/")[0];
    const voice = kind === "voice" || /\.(ogg|oga|opus)$/i.test(file.name);
    let type = ["image", "video", "audio"].includes(base) ? base : "document";
    if (kind === "document") {
        type = "document";
    }
    if (voice && kind !== "document") {
        type = "audio";
    }
    if (kind === "sticker") {
        type = "sticker";
    }
    const caption = ["audio", "sticker"].includes(type) ? "" : text.value.trim();
    if (caption) {
        setText("");
    }
    await send({
        type,
        caption,
        voice: type === "audio" && voice,
        filename: file.name,
        mimetype: file.type || undefined,
        base64: await toBase64(file),
    });
}

// -- sheet: rows of a list, or places ----------------------------------------------------------

function openSheet(title, rows, pick) {
    byId("sheet-title").textContent = title;
    let section = "";
    const children = [];
    for (const row of rows) {
        if (row.section && row.section !== section) {
            children.push(element("h3", {}, row.section));
        }
        section = row.section;
        const onclick = () => {
            sheet.close();
            pick(row);
        };
        children.push(
            element(
                "button",
                { type: "button", class: "row", onclick, "data-testid": "phone-list-row" },
                element(
                    "span",
                    {},
                    element("strong", {}, row.title),
                    element("small", {}, row.description || "")
                ),
                element("i", { class: "radio", "aria-hidden": "true" })
            )
        );
    }
    byId("sheet-rows").replaceChildren(...children);
    const frame = document.querySelector(".phone").getBoundingClientRect();
    const border = parseFloat(getComputedStyle(document.querySelector(".phone")).borderLeftWidth);
    sheet.style.left = `${frame.left + border}px`;
    sheet.style.bottom = `${innerHeight - frame.bottom + border}px`;
    sheet.style.width = `${frame.width - 2 * border}px`;
    sheet.showModal();
}

const choose = (option) => send({ type: "option", id: option.id, title: option.title });
const actions = {
    choose,
    openList: (message) => openSheet(message.details.list_button, message.options, choose),
    openPlaces: () =>
        openSheet(
            "Enviar localização",
            PLACES.map((place) => ({ ...place, description: place.address })),
            (place) =>
                send({
                    type: "location",
                    place: place.title,
                    address: place.address,
                    latitude: place.latitude,
                    longitude: place.longitude,
                })
        ),
    shareNumber: () =>
        send({
            type: "contacts",
            contacts: [
                {
                    origin: "contact_request",
                    name: { formatted_name: name, first_name: name },
                    phones: [{ phone: `+${number}`, type: "CELL" }],
                },
            ],
        }),
    openMenu: (message, reaction) =>
        openMessageMenu(message, reaction, { openSheet, send, startEdit }),
    played: (message) => call("POST", `${path}/played`, { wamid: message.wamid }).catch(() => {}),
    settled: () => atBottom && toBottom(),
};

// -- conversation ------------------------------------------------------------------------------

let atBottom = true;
const toBottom = () => (log.scrollTop = log.scrollHeight);
log.addEventListener(
    "scroll",
    () => (atBottom = log.scrollHeight - log.scrollTop - log.clientHeight < 80)
);

function signature(message, extra) {
    return JSON.stringify([{ ...message, status: "" }, extra]);
}

/** Draw what is new or changed; a change of the ticks alone leaves the rest as it is. */
function draw(phone) {
    const shown = phone.messages.filter(
        (message) =>
            !["reaction", "edit", "revoke"].includes(message.type) &&
            !(message.direction === "in" && message.status === "failed")
    );
    const others = new Map(phone.messages.map((message) => [message.wamid, message]));
    others.city = phone.city;
    const reactions = new Map();
    const answered = new Set();
    for (const message of phone.messages) {
        if (message.type === "reaction") {
            // One of each side: a later one takes its place, an empty one takes it away
            const sides = reactions.get(message.details.target) ?? {};
            sides[message.direction] = message.text;
            reactions.set(message.details.target, sides);
        }
        if (["interactive", "button"].includes(message.type) && message.direction === "out") {
            answered.add(message.details.quoted);
        }
    }
    const nodes = [];
    let day = "";
    let side = "";
    for (const message of shown) {
        if (dayName(message.at) !== day) {
            day = dayName(message.at);
            side = "";
            nodes.push(element("div", { class: "day" }, day));
        }
        const extra = {
            reaction: Object.values(reactions.get(message.wamid) ?? {}).join(""),
            answered: answered.has(message.wamid),
        };
        const key = signature(message, extra);
        let known = drawn.get(message.wamid);
        if (!known || known.key !== key) {
            known = { key, status: message.status, node: bubble(message, others, actions, extra) };
            drawn.set(message.wamid, known);
        } else if (known.status !== message.status) {
            known.status = message.status;
            known.node.querySelector(".tick")?.replaceWith(tick(message.status));
        }
        known.node.classList.toggle("tail", message.direction !== side);
        side = message.direction;
        nodes.push(known.node);
    }
    place(nodes);
}

/** Put the nodes into the log without moving those that stand right (a player would stop). */
function place(nodes) {
    const stay = atBottom;
    const wanted = new Set(nodes);
    for (const child of [...log.children]) {
        if (!wanted.has(child)) {
            child.remove();
        }
    }
    nodes.forEach((node, position) => {
        if (log.children[position] !== node) {
            log.insertBefore(node, log.children[position] ?? null);
        }
    });
    if (stay) {
        toBottom();
    }
}

async function markRead(phone) {
    const unread = phone.messages.some(
        (m) => m.direction === "in" && ["sent", "delivered"].includes(m.status)
    );
    if (!unread || reading || document.visibilityState !== "visible") {
        return;
    }
    reading = true;
    try {
        await call("POST", `${path}/read`);
    } finally {
        reading = false;
    }
}

let phone = null;

async function follow() {
    let revision = -1;
    for (;;) {
        try {
            const seconds = document.visibilityState === "visible" ? 20 : 5;
            phone = await call(
                "GET",
                `${path}?after=${revision}&wait=${phone?.typing ? 2 : seconds}&name=${encodeURIComponent(name)}`
            );
            revision = phone.revision;
            byId("city").textContent = phone.city;
            byId("presence").textContent = phone.typing ? "digitando…" : "conta comercial";
            byId("presence").classList.toggle("typing", phone.typing);
            draw(phone);
            say("");
            await markRead(phone);
        } catch {
            say("Sem conexão com o celular simulado. Tentando de novo…");
            await new Promise((resolve) => setTimeout(resolve, 1500));
        }
    }
}

document.addEventListener("visibilitychange", () => phone && markRead(phone).catch(() => {}));

// -- composer ----------------------------------------------------------------------------------

const recorder = new Recorder(byId("record"), (file) => sendFile(file, "voice"), say);

function setText(value) {
    text.value = value;
    text.dispatchEvent(new Event("input"));
}

text.addEventListener("input", () => {
    const empty = !text.value.trim();
    byId("send").hidden = empty;
    byId("record").hidden = !empty;
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
});
text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        composer.requestSubmit();
    }
});
/** Let the composer correct a message instead of writing a new one. */
function startEdit(message) {
    editing = message.wamid;
    setText(message.text);
    text.focus();
}

composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = text.value.trim();
    if (!value) {
        return;
    }
    setText("");
    atBottom = true;
    send(
        editing ? { type: "edit", message_id: editing, text: value } : { type: "text", text: value }
    );
    editing = null;
});
for (const input of document.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", async () => {
        showMenu(false);
        for (const file of input.files) {
            await sendFile(file, input.dataset.kind);
        }
        input.value = "";
    });
}

function showMenu(open) {
    menu.hidden = !open;
    byId("menu-open").setAttribute("aria-expanded", String(open));
}

byId("menu-open").addEventListener("click", (event) => {
    event.stopPropagation();
    showMenu(menu.hidden);
});
document.addEventListener("click", (event) => menu.contains(event.target) || showMenu(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && showMenu(false));
menu.querySelector("[data-action=location]").addEventListener("click", () => {
    showMenu(false);
    actions.openPlaces();
});
menu.querySelector("[data-action=contact]").addEventListener("click", () => {
    showMenu(false);
    openContacts({ openSheet, send });
});
menu.querySelector("[data-action=sticker]").addEventListener("click", () => {
    showMenu(false);
    openStickers({ openSheet, sendFile });
});
byId("sheet-close").addEventListener("click", () => sheet.close());
sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());

if (number.length < 8) {
    location.replace("/");
} else {
    document.title = `${name} – WhatsApp simulado`;
    byId("owner-name").textContent = `Celular de ${name}`;
    byId("owner-number").textContent = `+${number}`;
    recorder.prepare();
    follow();
}
