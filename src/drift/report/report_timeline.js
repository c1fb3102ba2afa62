/* The waveform with its pauses, and a row for each speaker below it. */

const WAVE_HEIGHT = 92, LANE = 15, MAX_LANES = 6, BAR = 3;

const lanes = [...data.speakers.values()].sort((a, b) => b.time - a.time).slice(0, MAX_LANES);
const hasOthers = data.speakers.size > MAX_LANES;
const laneOf = (turn) => Math.min(data.speakers.get(turn.speaker).colour, MAX_LANES);

/* Levels are in steps of 2 dB. The noise floor is drawn near zero and the 99th percentile at full height. */
const scale = (() => {
    if (!data.levels)
        return null;
    const sorted = data.levels.slice().sort((a, b) => a - b);
    const low = sorted[Math.floor(sorted.length * 0.05)], high = sorted[Math.floor(sorted.length * 0.99)];
    return {low, span: Math.max(high - low, 1)};
})();

function overlap(spans, start, end) {
    let sum = 0;
    for (let i = Math.max(lastBefore(spans, start), 0); i < spans.length && spans[i].start < end; i++)
        sum += Math.max(0, Math.min(spans[i].end, end) - Math.max(spans[i].start, start));
    return sum / (end - start);
}

function loudness(start, end, spoken) {
    if (!scale)
        return spoken > 0 ? 0.25 + 0.5 * spoken : 0.03;
    const first = Math.max(Math.floor(start / data.hop), 0);
    const some = data.levels.slice(first, Math.max(Math.ceil(end / data.hop), first + 1));
    const mean = some.reduce((a, b) => a + b, 0) / Math.max(some.length, 1);
    return Math.min(Math.max((mean - scale.low) / scale.span, 0.03), 1) ** 1.6;
}

function barPath(quiet) {
    const parts = [], middle = WAVE_HEIGHT / 2;
    for (let x = view.left; x + BAR <= view.width - view.right; x += BAR) {
        const start = timeAt(x), end = timeAt(x + BAR), spoken = overlap(data.speech, start, end);
        if ((spoken < 0.5) !== quiet)
            continue;
        const half = Math.max(loudness(start, end, spoken) * middle * 0.94, 0.75);
        parts.push(`M${x.toFixed(1)} ${(middle - half).toFixed(1)}h${BAR - 1}v${(half * 2).toFixed(1)}h${1 - BAR}z`);
    }
    return parts.join("");
}

function drawSpan(chart, span, className, y, height) {
    if (!inView(span.start, span.end))
        return;
    const x = Math.max(xOf(span.start), view.left), end = Math.min(xOf(span.end), view.width - view.right);
    chart.append(drawn("rect", {class: className, x, y, width: Math.max(end - x, 1), height}));
}

function laneName(name) {
    const text = plain(name === null ? "Unnamed speaker" : name), room = view.left < 100 ? 6 : 15;
    return text.length > room ? text.slice(0, room - 1) + "\u2026" : text;
}

function drawLanes(chart, top) {
    const names = lanes.map((speaker) => speaker.name);
    names.concat(hasOthers ? ["others"] : []).forEach((name, i) =>
        chart.append(drawn("text", {x: view.left - 10, y: top + i * LANE + 10, "text-anchor": "end"}, laneName(name))));
    for (const turn of data.placed)
        drawSpan(chart, turn, "s" + laneOf(turn), top + laneOf(turn) * LANE + 1, LANE - 5);
}

function describePlace() {
    const chart = byId("wave"), time = chosen.time ?? 0, turn = turnAt(time);
    chart.setAttribute("aria-valuemax", Math.round(data.duration / 1000));
    chart.setAttribute("aria-valuenow", Math.round(time / 1000));
    chart.setAttribute("aria-valuetext", clock(time) + (turn ? `, ${plain(nameOf(turn))}: ${plain(summaryOf(turn, 80))}` : ""));
}

function drawWave() {
    const chart = byId("wave"), top = WAVE_HEIGHT + 10;
    const height = top + (lanes.length + hasOthers) * LANE;
    chart.replaceChildren();
    chart.setAttribute("viewBox", `0 0 ${view.width} ${height + 24}`);
    drawTimes(chart, height, WAVE_HEIGHT);
    for (const span of data.unmatched)
        drawSpan(chart, span, "unmatched", 0, height);
    drawBreaks(chart, height, false);
    chart.append(drawn("path", {class: "bars quiet", d: barPath(true)}), drawn("path", {class: "bars", d: barPath(false)}));
    drawLanes(chart, top);
    drawCursor(chart, height);
    describePlace();
}

/* Tooltips, mouse and keyboard of the charts. */

function showTip(turn, x, y) {
    const tip = byId("tip");
    tip.replaceChildren();
    const head = turn.error === null ? clock(turn.start, 1) : `${clock(turn.start, 1)} \u00b7 ${errorInWords(turn.error)}`;
    tip.append(element("span", "", head + (turn.sure ? "" : " (uncertain)")));
    appendSaid(tip, turn, 140);
    tip.hidden = false;
    const room = byId("charts").clientWidth - tip.offsetWidth;
    tip.style.left = Math.max(0, Math.min(x + 14, room)) + "px";
    tip.style.top = y + 18 + "px";
}

function hideTip() {
    byId("tip").hidden = true;
}

function placeIn(event) {
    const box = byId("charts").getBoundingClientRect();
    return {x: event.clientX - box.left, y: event.clientY - box.top};
}

function nearestPoint(event) {
    let best = null, least = 26 ** 2;
    for (const [turn, node] of pointNodes) {
        const box = node.getBoundingClientRect();
        const away = (box.x + box.width / 2 - event.clientX) ** 2 + (box.y + box.height / 2 - event.clientY) ** 2;
        if (away < least) {
            least = away;
            best = turn;
        }
    }
    return best;
}

function onPlotMove(event) {
    const turn = nearestPoint(event), at = placeIn(event);
    byId("plot").style.cursor = turn ? "pointer" : "";
    if (turn)
        showTip(turn, at.x, at.y);
    else
        hideTip();
}

function focusPoint(turn) {
    show(turn.start, turn.start);
    for (const node of pointNodes.values())
        node.setAttribute("tabindex", -1);
    const node = pointNodes.get(turn);
    node.setAttribute("tabindex", 0);
    node.focus();
}

function onPlotKey(event) {
    const index = event.target.dataset?.turn;
    if (index === undefined)
        return false;
    const at = data.measured.indexOf(data.turns[index]), last = data.measured.length - 1;
    const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last}[event.key];
    if (to !== undefined)
        focusPoint(data.measured[Math.min(Math.max(to, 0), last)]);
    else if (event.key === "Enter" || event.key === " ")
        goToTurn(data.turns[index]);
    else
        return false;
    return true;
}

function onWaveKey(event) {
    const span = view.until - view.from, now = chosen.time ?? 0;
    const to = {ArrowRight: now + span / 100, ArrowLeft: now - span / 100, ArrowUp: now + span / 100, ArrowDown: now - span / 100,
        PageUp: now + span / 10, PageDown: now - span / 10, Home: 0, End: data.duration}[event.key];
    if (to !== undefined)
        choose(Math.min(Math.max(to, 0), data.duration));
    else if (event.key === "Enter" || event.key === " ")
        play(now);
    else
        return false;
    return true;
}

function onChartKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey)
        return;
    const own = event.currentTarget.id === "wave" ? onWaveKey(event) : onPlotKey(event);
    if (event.key === "+" || event.key === "=")
        zoom(0.5);
    else if (event.key === "-")
        zoom(2);
    else if (event.key === "0")
        setView(0, MAX_VIEW);
    else if (event.key === "Escape")
        hideTip();
    else if (!own)
        return;
    event.preventDefault();
}

function onWheel(event) {
    const span = view.until - view.from, sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (event.ctrlKey)
        zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(placeIn(event).x));
    else if (sideways && !isWhole())
        setView(view.from + sideways * span / 1000, view.until + sideways * span / 1000);
    else
        return;
    event.preventDefault();
}

function startCharts() {
    const plot = byId("plot"), wave = byId("wave");
    plot.addEventListener("mousemove", onPlotMove);
    plot.addEventListener("click", (event) => {
        const turn = nearestPoint(event);
        if (turn)
            goToTurn(turn);
    });
    plot.addEventListener("focusin", (event) => {
        const box = event.target.getBoundingClientRect();
        if (event.target.dataset.turn !== undefined)
            showTip(data.turns[event.target.dataset.turn], placeIn({clientX: box.x, clientY: 0}).x,
                placeIn({clientX: 0, clientY: box.y}).y);
    });
    plot.addEventListener("focusout", hideTip);
    wave.addEventListener("mousemove", (event) => {
        const at = placeIn(event), turn = turnAt(timeAt(at.x));
        if (turn && turn.end > timeAt(at.x))
            showTip(turn, at.x, at.y);
        else
            hideTip();
    });
    wave.addEventListener("click", (event) => {
        const time = Math.min(Math.max(timeAt(placeIn(event).x), 0), data.duration);
        choose(time);
        play(time);
    });
    for (const chart of [plot, wave]) {
        chart.addEventListener("mouseleave", hideTip);
        chart.addEventListener("keydown", onChartKey);
        chart.addEventListener("wheel", onWheel, {passive: false});
    }
    byId("zoom-in").addEventListener("click", () => zoom(0.5));
    byId("zoom-out").addEventListener("click", () => zoom(2));
    byId("zoom-all").addEventListener("click", () => setView(0, MAX_VIEW));
    byId("pan").addEventListener("input", (event) => {
        const span = view.until - view.from, from = event.target.value / 1000 * (MAX_VIEW - span);
        setView(from, from + span);
    });
    new ResizeObserver(() => drawCharts()).observe(byId("charts"));
}
