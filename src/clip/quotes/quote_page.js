"use strict";

const byId = (id) => document.getElementById(id);
const list = byId("quotes");
const quotes = [...list.children];
const playerOf = (quote) => quote.querySelector("audio");
const shown = () => [...list.children].filter((quote) => !quote.hidden);
const current = () => document.activeElement.closest(".quote");

function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/* The searchable text of each quote: everything that it shows. */
const texts = new Map(quotes.map((quote) => [quote, fold(quote.textContent.replace(/\s+/g, " "))]));

function filter() {
    const words = fold(byId("search").value).split(/\s+/).filter(Boolean), doubtful = byId("doubtful").checked;
    for (const quote of quotes) {
        quote.hidden = !words.every((word) => texts.get(quote).includes(word)) ||
            (doubtful && "fine" in quote.dataset);
        if (quote.hidden)
            playerOf(quote)?.pause();
    }
    const n = shown().length;
    byId("shown").textContent = n === quotes.length ? "" : `${n} of ${quotes.length} shown`;
}

function sort() {
    const order = [...quotes];
    if (byId("worst").checked)
        order.sort((a, b) => b.dataset.rank - a.dataset.rank);
    list.append(...order);
}

function go(step) {
    const all = shown(), at = all.indexOf(current());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
    if (!next)
        return;
    next.focus({preventScroll: true});
    next.scrollIntoView({block: "nearest"});
}

function toggle() {
    const quote = current() || quotes.find((one) => one.classList.contains("playing")) || shown()[0];
    const player = quote && playerOf(quote);
    if (!player)
        return;
    if (player.paused)
        player.play().catch(() => {});
    else
        player.pause();
}

/* Only one quote plays at a time. */
function begun(quote) {
    for (const other of quotes)
        if (other !== quote)
            playerOf(other)?.pause();
    quote.classList.add("playing");
}

const keys = {
    j: () => go(1),
    k: () => go(-1),
    p: toggle,
    "/": () => byId("search").focus(),
};

document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search]");
    if (typing && event.key === "Escape")
        go(1);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key))
        return;
    event.preventDefault();
    keys[event.key]();
});

for (const quote of quotes) {
    const player = playerOf(quote);
    player?.addEventListener("play", () => begun(quote));
    player?.addEventListener("pause", () => quote.classList.remove("playing"));
}

byId("search").addEventListener("input", filter);
byId("doubtful").addEventListener("change", filter);
byId("worst").addEventListener("change", sort);
byId("tools").hidden = false;
