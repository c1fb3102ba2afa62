/* One position is selected at a time, and every part of the page shows it. */

function drawReadout() {
    const readout = byId("readout"), turn = chosen.turn;
    readout.replaceChildren();
    if (chosen.time === null) {
        readout.append(element("span", "soft",
            `Select ${data.hasPlot ? "a point or " : ""}a position in the waveform. Press + or \u2212 to zoom.`));
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
    const name = element("bdi", "", speaker.name === null ? "Unnamed speaker" : speaker.name);
    item.append(element("span", "dot s" + speaker.colour), name, `${shortClock(speaker.time)}, ${share} %`);
    return item;
}

function fillLegend() {
    const legend = byId("legend"), point = (grade) => drawn("path", {d: pointPath({grade}), class: "point " + grade,
        transform: "translate(11 6)"});
    if (data.hasPlot) {
        legend.append(legendItem(point("r"), "correct to the resolution"), legendItem(point("n"), "within the limit"),
            legendItem(point("o"), "beyond the limit"),
            legendItem(point("n unsure"), "hollow: position uncertain"),
            legendItem(drawn("line", {class: "fit", x1: 0, x2: 22, y1: 6, y2: 6}), "fitted offset and clock rate"));
        if (data.resolution > 0)
            legend.append(legendItem(drawn("rect", {class: "band", width: 22, height: 12}), "resolution of the timestamps"));
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
        return "The transcript does not belong to this audio, so timestamp errors are not shown.";
    if (!data.hasPlot)
        return "The transcript has no timestamps.";
    const step = data.resolution < 100 ? ""
        : ` The timestamps have a resolution of ${data.resolution / 1000} s, so a correct one can be anywhere in the green band.`;
    return "Each point is a turn. Above 0 s, the turn is later in the audio than its timestamp; below 0 s, it is earlier." + step;
}

function explainPicture() {
    byId("picture-lead").textContent = explainErrors() +
        " Below it are the waveform, with pauses in grey, and the turns of each speaker.";
    if (!data.hasPlot)
        byId("picture-title").textContent = "Waveform";
}

function describePlot() {
    const off = data.measured.filter((turn) => turn.grade === "o").length;
    byId("plot").setAttribute("aria-label", `Timestamp errors of ${data.measured.length} turns by their position in the audio; ` +
        `${data.right} correct, ${off} beyond the limit, ${data.breaks.length} breaks. Use the arrow keys to move between turns.`);
}

function fillHeader() {
    const method = {acoustic: "acoustic alignment", energy: "energy-only alignment"}[data.method];
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
