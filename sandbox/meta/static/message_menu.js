/** The citizen's actions on a message, and contents besides text and files. */

import { element } from "./markup.js";

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const PEOPLE = [
    {
        name: { formatted_name: "José Carlos (eletricista)", first_name: "José" },
        phones: [{ phone: "+55 31 97777-1234", wa_id: "5531977771234", type: "CELL" }],
        emails: [{ email: "jose.carlos@exemplo.com.br", type: "WORK" }],
        org: { company: "Elétrica Monlevade" },
        origin: "other",
    },
    {
        name: { formatted_name: "Dona Lúcia (síndica)", first_name: "Lúcia" },
        phones: [{ phone: "+55 31 3852-4321", type: "HOME" }],
        origin: "other",
    },
];
const STICKER = 320;

/** The menu of one message, as rows for the sheet. `reaction`: the citizen's present one. */
export function openMessageMenu(message, reaction, { openSheet, send, startEdit }) {
    const react = (emoji) => ({ title: emoji, request: { type: "reaction", emoji } });
    const rows = EMOJIS.filter((emoji) => emoji !== reaction).map(react);
    if (reaction) {
        rows.unshift({ title: "Tirar a reação", request: { type: "reaction" } });
    }
    if (message.direction === "out" && !message.details.revoked) {
        const captioned = ["image", "video", "document"].includes(message.type);
        if (message.type === "text" || captioned) {
            rows.push({ title: "Editar", edit: true });
        }
        rows.push({ title: "Apagar para todos", request: { type: "revoke" } });
    }
    openSheet("Mensagem", rows, (row) => {
        if (row.edit) {
            startEdit(message);
        } else {
            send({ ...row.request, message_id: message.wamid });
        }
    });
}

/** Choose a person whose contact card is sent. */
export function openContacts({ openSheet, send }) {
    const rows = PEOPLE.map((person) => ({
        title: person.name.formatted_name,
        description: person.phones[0].phone,
        person,
    }));
    openSheet("Enviar contato", rows, ({ person }) =>
        send({ type: "contacts", contacts: [person] })
    );
}

/** Choose an emoji that is sent as a sticker, drawn here. */
export function openStickers({ openSheet, sendFile }) {
    const rows = ["😀", "🎉", "🐶", "🌻"].map((title) => ({ title }));
    openSheet("Enviar figurinha", rows, ({ title }) => {
        const canvas = element("canvas", { width: STICKER, height: STICKER });
        const pen = canvas.getContext("2d");
        pen.font = `${STICKER * 0.7}px sans-serif`;
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        pen.fillText(title, STICKER / 2, STICKER / 2);
        canvas.toBlob(
            (blob) => sendFile(new File([blob], "figurinha.webp", { type: blob.type }), "sticker"),
            "image/webp"
        );
    });
}
