/**
 * The page of a television: asks for the figures with the secret of its link, draws them, turns the
 * pages. It runs for weeks: what it draws replaces what was there, and nothing is remembered but the
 * last answer. The secret stands in the fragment of the address, which no browser sends.
 */
(function () {
    "use strict";

    /** Between two questions, and how long one may take (milliseconds). */
    const EVERY = 2000;
    const PATIENCE = 8000;
    /** Figures of so long ago are shown in grey. */
    const OLD = 10000;
    /** Columns and the height of a figure by the number of figures: [most, columns, height]. */
    const LAYOUTS = [
        [1, 1, "44vh"],
        [2, 2, "28vh"],
        [4, 2, "24vh"],
        [6, 3, "16vh"],
        [9, 3, "15vh"],
        [12, 4, "12vh"],
    ];

    const body = document.body;
    const at = (id) => document.getElementById(id);
    const token = decodeURIComponent(location.hash.slice(1));
    let shown = null;
    let heard = 0;
    let page = 0;
    let turned = Date.now();

    /** @param {string} name of the message to show, "" for none */
    function say(name) {
        for (const message of at("message").children) {
            message.hidden = message.id !== name;
        }
    }

    /** One tile more or less, so that the page has as many as there are figures. */
    function count(tiles, wanted) {
        while (tiles.children.length > wanted) {
            tiles.lastElementChild.remove();
        }
        while (tiles.children.length < wanted) {
            const tile = document.createElement("section");
            tile.className = "tile";
            for (const name of ["label", "value", "label queue"]) {
                const part = document.createElement("div");
                part.className = name;
                tile.append(part);
            }
            tiles.append(tile);
        }
    }

    function write(element, text) {
        if (element.textContent !== text) {
            element.textContent = text;
        }
    }

    function draw() {
        const current = shown.pages[page % Math.max(shown.pages.length, 1)];
        const figures = current ? current.tiles : [];
        const tiles = at("tiles");
        body.dataset.mode = shown.mode;
        write(at("title"), shown.name);
        write(at("page"), current ? current.name : "");
        write(at("stamp"), shown.at);
        at("stamp_words").hidden = false;
        const layout = LAYOUTS.find(([most]) => figures.length <= most) || LAYOUTS.at(-1);
        tiles.style.setProperty("--columns", layout[1]);
        tiles.style.setProperty("--figure", layout[2]);
        count(tiles, figures.length);
        figures.forEach((figure, place) => {
            const tile = tiles.children[place];
            tile.dataset.kind = figure.kind;
            tile.dataset.standing = figure.standing;
            write(tile.children[0], figure.label);
            write(tile.children[1], figure.value);
            write(tile.children[2], figure.queue);
        });
    }

    function turn() {
        if (shown && Date.now() - turned >= shown.page_seconds * 1000) {
            turned = Date.now();
            page = (page + 1) % Math.max(shown.pages.length, 1);
            draw();
        }
        body.classList.toggle("old", Date.now() - heard > OLD);
    }

    async function ask() {
        const stop = new AbortController();
        const timer = setTimeout(() => stop.abort(), PATIENCE);
        try {
            const answer = await fetch("/contact_center/wallboard/data", {
                headers: { Authorization: `Bearer ${token}` },
                cache: "no-store",
                credentials: "omit",
                signal: stop.signal,
            });
            if (answer.status === 403) {
                say("refused");
                return;
            }
            if (!answer.ok) {
                throw new Error(answer.status);
            }
            shown = await answer.json();
            heard = Date.now();
            say("");
            draw();
        } catch {
            // the next question comes by itself; until then the figures grow old, and say so
            say("lost");
        } finally {
            clearTimeout(timer);
            turn();
        }
    }

    async function live() {
        for (;;) {
            await ask();
            await new Promise((resume) => setTimeout(resume, EVERY));
        }
    }

    // One touch of the remote control: full screen, as browsers allow it only then.
    body.addEventListener("click", () => {
        if (!document.fullscreenElement && body.requestFullscreen) {
            document.documentElement.requestFullscreen().catch(() => say(""));
        }
    });
    addEventListener("hashchange", () => location.reload());
    setInterval(turn, 1000);
    live();
})();
