/* One place is chosen at a time, and every part of the page shows it. */

function drawReadout() {
    const readout = byId("readout"), turn = chosen.turn;
    readout.replaceChildren();
    if (chosen.time === null) {
        readout.append(element("span", "soft",
            `Choose a ${data.hasPlot ? "point or a " : ""}place in the waveform; + and \u2212 zoom there.`));
        return;
    }
    readout.append(element("b", "", clock(chosen.time, 1)), " ");
    if (!turn)
        return;
    appendSaid(readout, turn, 200);
    readout.append(" ", placeLink("Show in the transcript", "#turn-" + turn.index, () => goToTurn(turn)));
}

function choose(time, turn, playing = false) {
    const before = chosen.turn;
    chosen.time = time;
    chosen.turn = turn || turnAt(time);
    if (!playing || chosen.turn !== before)
        drawReadout();
    if (playing && (time > view.until || time < view.from))
        setView(time, time + view.until - view.from);
    if (!playing) {
        show(time, time);
        cue(time);
        describePlace();
    }
    markTurn(chosen.turn);
    moveCursor();
}

function legendItem(drawing, text) {
    const item = element("li"), mark = drawn("svg", {width: 22, height: 12, "aria-hidden": "true"});
    mark.append(drawing);
    item.append(mark, text);
    return item;
}

function speakerItem(speaker) {
    const item = element("li"), share = data.duration > 0 ? Math.round(speaker.time * 100 / data.duration) : 0;
    const name = element("bdi", "", speaker.name === null ? "(no name)" : speaker.name);
    item.append(element("span", "dot s" + speaker.colour), name, `${shortClock(speaker.time)}, ${share} %`);
    return item;
}

function fillLegend() {
    const legend = byId("legend"), point = (grade) => drawn("path", {d: pointPath({grade}), class: "point " + grade,
        transform: "translate(11 6)"});
    if (data.hasPlot) {
        legend.append(legendItem(point("r"), "right within its step"), legendItem(point("n"), "near"),
            legendItem(point("o"), "off by more than allowed"),
            legendItem(point("n unsure"), "hollow: place unsure"),
            legendItem(drawn("line", {class: "fit", x1: 0, x2: 22, y1: 6, y2: 6}), "the clock as fitted"));
        if (data.resolution > 0)
            legend.append(legendItem(drawn("rect", {class: "band", width: 22, height: 12}), "the step of the times"));
    }
    if (data.unmatched.length > 0)
        legend.append(legendItem(drawn("rect", {class: "unmatched", width: 22, height: 12}), "speech without text"));
    const speakers = element("ul", "legend");
    lanes.forEach((speaker) => speakers.append(speakerItem(speaker)));
    if (hasOthers)
        speakers.append(element("li", "", `and ${data.speakers.size - MAX_LANES} more`));
    legend.after(speakers);
}

function explainErrors() {
    if (data.verdict === "mismatch")
        return "Figures about the times would mean nothing here, so none are drawn.";
    if (!data.hasPlot)
        return "The transcript has no times to compare.";
    const step = data.resolution < 100 ? ""
        : ` Times written in steps of ${data.resolution / 1000} s put a right one anywhere in the green band.`;
    return "Each point is a turn: above the line at 0 it is heard later than the transcript says, below it earlier." + step;
}

function explainPicture() {
    byId("picture-lead").textContent = explainErrors() +
        " Below lies the sound itself, pauses in grey, with the turns of each speaker.";
    if (!data.hasPlot)
        byId("picture-title").textContent = "The sound";
}

function describePlot() {
    const off = data.measured.filter((turn) => turn.grade === "o").length;
    byId("plot").setAttribute("aria-label", `Error of ${data.measured.length} turns against their place in the audio; ` +
        `${data.right} right, ${off} off by more than allowed, ${data.breaks.length} breaks. Arrow keys go from turn to turn.`);
}

function fillHeader() {
    const method = {acoustic: "placed by the sound of the words", energy: "placed by the pauses"}[data.method];
    const parts = [data.audio, data.transcript, clock(data.duration), method].filter((part) => part);
    parts.forEach((part, i) => byId("files").append(i ? " \u00b7 " : "", element("bdi", "", part)));
}

function start() {
    fillHeader();
    fillTables();
    explainPicture();
    drawReadout();
    fillLegend();
    byId("picture").hidden = false;
    byId("plot").toggleAttribute("hidden", !data.hasPlot);
    if (data.hasPlot)
        describePlot();
    startTranscript();
    explainTranscript();
    startCharts();
    startPlayer();
}

start();
