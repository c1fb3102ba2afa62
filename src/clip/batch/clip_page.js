"use strict";

const byId = (id) => document.getElementById(id);
const clips = [...document.querySelectorAll(".clip")];
const playerOf = (clip) => clip.querySelector("audio, video");
const shown = () => clips.filter((clip) => !clip.hidden);
const current = () => document.activeElement.closest(".clip");

function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/* The searchable text of each clip: everything that it shows. */
const texts = new Map(clips.map((clip) => [clip, fold(clip.textContent.replace(/\s+/g, " "))]));

function filter() {
    const words = fold(byId("search").value).split(/\s+/).filter(Boolean), warned = byId("warned").checked;
    for (const clip of clips) {
        clip.hidden = !words.every((word) => texts.get(clip).includes(word)) ||
            (warned && !clip.querySelector(".warnings"));
        if (clip.hidden)
            playerOf(clip).pause();
    }
    const n = shown().length;
    byId("shown").textContent = n === clips.length ? "" : `${n} of ${clips.length} shown`;
}

function go(step) {
    const list = shown(), at = list.indexOf(current());
    const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : at + step];
    if (!next)
        return;
    next.focus({preventScroll: true});
    next.scrollIntoView({block: "nearest"});
}

function toggle() {
    const clip = current() || clips.find((one) => one.classList.contains("playing")) || shown()[0];
    if (!clip)
        return;
    const player = playerOf(clip);
    if (player.paused)
        player.play().catch(() => {});
    else
        player.pause();
}

/* Only one clip plays at a time. */
function begun(clip) {
    for (const other of clips)
        if (other !== clip)
            playerOf(other).pause();
    clip.classList.add("playing");
}

function ended(clip) {
    const list = shown(), next = list[list.indexOf(clip) + 1];
    if (!byId("on").checked || !next)
        return;
    next.focus({preventScroll: true});
    next.scrollIntoView({block: "nearest"});
    playerOf(next).play().catch(() => {});
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

for (const clip of clips) {
    const player = playerOf(clip);
    player.addEventListener("play", () => begun(clip));
    player.addEventListener("pause", () => clip.classList.remove("playing"));
    player.addEventListener("ended", () => ended(clip));
}

byId("search").addEventListener("input", filter);
byId("warned").addEventListener("change", filter);
byId("tools").hidden = false;
