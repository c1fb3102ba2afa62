/* The player, if the audio file is in the page's folder. The rest of the page works without it. */

const player = {ready: false, word: null, places: null};

/* All words with positions in order, for finding the current one. */
function placesOfWords() {
    if (!player.places) {
        player.places = [];
        for (const turn of data.placed)
            turn.words.forEach(({start, end}, index) => {
                if (start !== null)
                    player.places.push({start, end, turn, index});
            });
        player.places.sort((a, b) => a.start - b.start);
    }
    return player.places;
}

function play(time) {
    if (!player.ready)
        return;
    byId("audio").currentTime = Math.max(time, 0) / 1000;
    byId("audio").play().catch(() => {});
}

/* Sets where the player starts. */
function cue(time) {
    if (player.ready && byId("audio").paused)
        byId("audio").currentTime = Math.max(time, 0) / 1000;
}

function hear(time, turn) {
    choose(time, turn);
    play(time);
}

function markWord(place) {
    if (player.word === place)
        return;
    byId("turns").querySelector(".word.now")?.classList.remove("now");
    player.word = place;
    if (place)
        turnNode(place.turn).querySelectorAll(".word")[place.index].classList.add("now");
}

function follow() {
    const audio = byId("audio"), time = audio.currentTime * 1000;
    const places = placesOfWords(), place = places[lastBefore(places, time)];
    const turn = turnAt(time);
    markWord(place && place.end > time && !audio.paused ? place : null);
    byId("playing").textContent = clock(time) + (turn ? " \u00b7 " + plain(nameOf(turn)) : "");
    if (!audio.paused) {
        if (turn !== chosen.turn || Math.abs(time - chosen.time) > (view.until - view.from) / view.width)
            choose(time, turn, true);
        requestAnimationFrame(follow);
    }
}

function startPlayer() {
    const audio = byId("audio");
    if (!data.audio)
        return;
    audio.addEventListener("loadedmetadata", () => {
        player.ready = true;
        byId("player").hidden = false;
        document.body.classList.add("with-player");
        explainTranscript();
        follow();
    });
    audio.addEventListener("play", follow);
    audio.addEventListener("pause", follow);
    audio.addEventListener("seeked", follow);
    audio.addEventListener("error", explainTranscript);
    audio.src = encodeURIComponent(data.audio);
}

function explainTranscript() {
    const lead = byId("transcript-lead");
    lead.replaceChildren();
    if (player.ready)
        lead.append("Click a word to play it.");
    else if (data.audio)
        lead.append("To play words, put ", element("bdi", "", data.audio), " in the folder of this page.");
}
