"use strict";

/* Lists of clips and of quotes. A page defines isLeftOut: whether its filter hides an item. */

const byId = (id) => document.getElementById(id);
const list = document.querySelector("main > ol");
const items = [...list.children];
const playerOf = (item) => item.querySelector("audio, video");
const shown = () => [...list.children].filter((item) => !item.hidden);
const current = () => items.find((item) => item.contains(document.activeElement));

function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/* The searchable text of each item: everything that it shows. */
const texts = new Map(items.map((item) => [item, fold(item.textContent.replace(/\s+/g, " "))]));

function filter() {
    const words = fold(byId("search").value).split(/\s+/).filter(Boolean);
    for (const item of items) {
        item.hidden = !words.every((word) => texts.get(item).includes(word)) || isLeftOut(item);
        if (item.hidden)
            playerOf(item)?.pause();
    }
    const n = shown().length;
    byId("shown").textContent = n === items.length ? "" : `${n} of ${items.length} shown`;
}

function focusOn(item) {
    item?.focus({preventScroll: true});
    item?.scrollIntoView({block: "nearest"});
}

function go(step) {
    const all = shown(), at = all.indexOf(current());
    focusOn(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step]);
}

function play(item) {
    playerOf(item)?.play().catch(() => {});
}

function toggle() {
    const item = current() || items.find((one) => one.classList.contains("playing")) || shown()[0];
    const player = item && playerOf(item);
    if (player?.paused)
        play(item);
    else
        player?.pause();
}

/* Only one item plays at a time. */
function begun(item) {
    for (const other of items)
        if (other !== item)
            playerOf(other)?.pause();
    item.classList.add("playing");
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

for (const item of items) {
    playerOf(item)?.addEventListener("play", () => begun(item));
    playerOf(item)?.addEventListener("pause", () => item.classList.remove("playing"));
}

byId("search").addEventListener("input", filter);
byId("tools").hidden = false;
