const isLeftOut = (clip) => byId("warned").checked && !clip.querySelector(".warnings");

function ended(clip) {
    const all = shown(), next = all[all.indexOf(clip) + 1];
    if (!byId("on").checked || !next)
        return;
    focusOn(next);
    play(next);
}

for (const clip of items)
    playerOf(clip).addEventListener("ended", () => ended(clip));

byId("warned").addEventListener("change", filter);
