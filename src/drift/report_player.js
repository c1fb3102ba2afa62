/* The audio, where the file lies beside the page. Without it all the rest works. */

const player = {ready: false, word: null, places: null};

/* Every placed word of the episode in order, for the one that is heard now. */
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

/* Where the player begins when it is next told to play. */
function cue(time) {
    if (player.ready && byId("audio").paused)
        byId("audio").currentTime = Math.max(time, 0) / 1000;
}

/* Chooses a place and plays from it. */
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
        lead.append("Click a word to hear it.");
    else if (data.audio)
        lead.append("To hear its words, put ", element("bdi", "", data.audio), " into the folder of this page.");
}
