/* Shared by plot and waveform: the visible time span and the selected position. */

const view = {from: 0, until: Math.max(data.duration, 1), width: 0, left: 0, right: 10};
const MIN_VIEW = 4000, MAX_VIEW = view.until;
const chosen = {time: null, turn: null};

const xOf = (time) => view.left + (time - view.from) / (view.until - view.from) * (view.width - view.left - view.right);
const timeAt = (x) => view.from + (x - view.left) / (view.width - view.left - view.right) * (view.until - view.from);
const inView = (start, end) => end >= view.from && start <= view.until;
const isWhole = () => view.until - view.from >= MAX_VIEW;

function niceStep(span, count) {
    const rough = span / count, power = 10 ** Math.floor(Math.log10(rough));
    return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= rough);
}

function timeStep(span, count) {
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400].map((s) => s * 1000);
    return steps.find((step) => step >= span / count) || niceStep(span, count);
}

function setView(from, until) {
    const span = Math.min(Math.max(until - from, Math.min(MIN_VIEW, MAX_VIEW)), MAX_VIEW);
    const middle = (from + until) / 2;
    view.from = Math.min(Math.max(middle - span / 2, 0), MAX_VIEW - span);
    view.until = view.from + span;
    drawCharts();
}

function zoom(factor, around) {
    const centre = around ?? (chosen.time !== null && inView(chosen.time, chosen.time) ? chosen.time
        : (view.from + view.until) / 2);
    const share = (centre - view.from) / (view.until - view.from);
    const span = Math.min((view.until - view.from) * factor, MAX_VIEW);
    setView(centre - share * span, centre + (1 - share) * span);
}

function show(start, end) {
    if (start < view.from || end > view.until) {
        const span = Math.max(view.until - view.from, end - start), middle = (start + end) / 2;
        setView(middle - span / 2, middle + span / 2);
    }
}

/* Draws the breaks in the background. */
function drawBreaks(chart, height, withLabels) {
    let labelEnd = -Infinity;
    for (const gap of data.breaks) {
        if (!inView(gap.start, gap.end))
            continue;
        const x = Math.max(xOf(gap.start), view.left), end = Math.min(xOf(gap.end), view.width - view.right);
        chart.append(drawn("rect", {class: "break", x, y: 0, width: Math.max(end - x, 1), height}));
        const label = gap.gap < 0 ? "\u2212" + seconds(gap.gap) + " missing" : "+" + seconds(gap.gap) + " inserted";
        const middle = Math.min(Math.max((x + end) / 2, view.left + 52), view.width - view.right - 52);
        if (withLabels && middle - 54 > labelEnd) {
            chart.append(drawn("text", {class: "break-label", x: middle, y: -8, "text-anchor": "middle"}, label));
            labelEnd = middle + 54;
        }
    }
}

function drawCursor(chart, height) {
    chart.append(drawn("line", {class: "cursor", y1: 0, y2: height}));
}

/* Updates the charts after another position is selected in the same view. */
function moveCursor() {
    const x = chosen.time === null ? 0 : xOf(chosen.time);
    for (const line of document.querySelectorAll("#charts .cursor")) {
        line.toggleAttribute("hidden", chosen.time === null || !inView(chosen.time, chosen.time));
        line.setAttribute("x1", x);
        line.setAttribute("x2", x);
    }
    document.querySelector("#plot .here")?.classList.remove("here");
    pointNodes.get(chosen.turn)?.classList.add("here");
}

function drawTimes(chart, y, top) {
    const step = timeStep(view.until - view.from, Math.max(2, view.width / 110));
    for (let time = Math.ceil(view.from / step) * step; time <= view.until; time += step) {
        chart.append(drawn("line", {class: "grid", x1: xOf(time), x2: xOf(time), y1: top, y2: y}));
        const end = xOf(time) > view.width - view.right - 20;
        chart.append(drawn("text", {x: xOf(time), y: y + 17, "text-anchor": end ? "end" : "middle"}, shortClock(time)));
    }
}

/* The timestamp error of every turn. */

const PLOT_HEIGHT = 250, PLOT_TOP = 24;
let pointNodes = new Map();

function fittedAt(piece, stamp) {
    return piece[2] + (stamp - piece[0]) * piece[3] * 1e-6;
}

/* Returns the pieces of the time map as lines over audio time. Text that is not in the audio has no line. */
function fittedLines() {
    let heard = 0;
    return data.map.map((piece) => {
        const from = Math.max(piece[0], heard - piece[2]);
        const until = piece[1] ?? data.duration - piece[2];
        const first = fittedAt(piece, from), last = fittedAt(piece, until);
        heard = Math.max(heard, until + last);
        return {start: from + first, end: until + last, first, last};
    }).filter((line) => line.end > line.start);
}

function errorRange(points, lines) {
    const values = [0, data.resolution, ...points.map((turn) => turn.error)];
    for (const line of lines)
        values.push(line.first, line.last);
    const low = values.reduce((a, b) => Math.min(a, b)), high = values.reduce((a, b) => Math.max(a, b));
    const edge = Math.max((high - low) * 0.1, 50);
    return {low: low - edge, high: high + edge};
}

function drawErrors(chart, yOf, range) {
    const step = niceStep(range.high - range.low, 5);
    const decimals = step >= 1000 ? 0 : step >= 100 ? 1 : 2;
    for (let value = Math.ceil(range.low / step) * step; value <= range.high; value += step) {
        const zero = Math.abs(value) < step / 2;
        chart.append(drawn("line", {class: zero ? "axis" : "grid", x1: view.left, x2: view.width - view.right,
            y1: yOf(value), y2: yOf(value)}));
        const text = zero ? "0 s" : (value < 0 ? "\u2212" : "+") + (Math.abs(value) / 1000).toFixed(decimals) + " s";
        chart.append(drawn("text", {x: view.left - 10, y: yOf(value) + 4, "text-anchor": "end"}, text));
    }
}

function drawFit(chart, yOf, lines) {
    lines.forEach((line, i) => {
        chart.append(drawn("line", {class: "fit", x1: xOf(line.start), y1: yOf(line.first),
            x2: xOf(line.end), y2: yOf(line.last)}));
        if (i > 0)
            chart.append(drawn("path", {class: "step", d: `M${xOf(lines[i - 1].end)} ${yOf(lines[i - 1].last)}` +
                `H${xOf(line.start)}V${yOf(line.first)}`}));
    });
}

function pointPath(turn) {
    return turn.grade === "o" ? "M0-5.5 5.5 0 0 5.5-5.5 0Z" : "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z";
}

function drawPoints(chart, yOf, points) {
    pointNodes = new Map();
    const stop = points.includes(chosen.turn) ? chosen.turn : points[0];
    for (const turn of points) {
        const node = drawn("path", {d: pointPath(turn), transform: `translate(${xOf(turn.start)} ${yOf(turn.error)})`,
            class: `point ${turn.grade}${turn.sure ? "" : " unsure"}`,
            role: "button", tabindex: turn === stop ? 0 : -1, "data-turn": turn.index,
            "aria-label": `${clock(turn.start)}, ${plain(nameOf(turn))}, ${errorInWords(turn.error)}: ` +
                plain(summaryOf(turn, 80))});
        pointNodes.set(turn, node);
        chart.append(node);
    }
}

function clipTo(chart, height) {
    const clip = drawn("clipPath", {id: chart.id + "-clip"});
    clip.append(drawn("rect", {x: view.left, y: 0, width: Math.max(view.width - view.left - view.right, 0), height}));
    const group = drawn("g", {"clip-path": `url(#${chart.id}-clip)`});
    chart.append(clip, group);
    return group;
}

function drawPlot() {
    const chart = byId("plot"), focused = document.activeElement?.closest("#plot .point")?.dataset.turn;
    const points = data.measured.filter((turn) => inView(turn.start, turn.start));
    const lines = fittedLines(), seen = lines.filter((line) => inView(line.start, line.end));
    const range = errorRange(points, seen);
    const yOf = (value) => PLOT_HEIGHT - (value - range.low) / (range.high - range.low) * PLOT_HEIGHT;
    chart.replaceChildren();
    chart.setAttribute("viewBox", `0 ${-PLOT_TOP} ${view.width} ${PLOT_HEIGHT + PLOT_TOP + 8}`);
    chart.append(drawn("rect", {class: "band", x: view.left, width: Math.max(view.width - view.left - view.right, 0),
        y: yOf(data.resolution), height: Math.max(yOf(0) - yOf(data.resolution), 1)}));
    drawBreaks(chart, PLOT_HEIGHT, true);
    drawErrors(chart, yOf, range);
    drawFit(clipTo(chart, PLOT_HEIGHT), yOf, lines);
    drawPoints(chart, yOf, points);
    drawCursor(chart, PLOT_HEIGHT);
    if (focused !== undefined)
        pointNodes.get(data.turns[focused])?.focus({preventScroll: true});
}

function drawCharts() {
    view.width = Math.max(byId("charts").clientWidth, 240);
    view.left = view.width < 560 ? 52 : 118;
    if (data.hasPlot)
        drawPlot();
    drawWave();
    moveCursor();
    byId("zoom-out").disabled = byId("zoom-all").disabled = isWhole();
    byId("zoom-in").disabled = view.until - view.from <= MIN_VIEW;
    byId("pan").hidden = isWhole();
    byId("pan").querySelector("input").value = isWhole() ? 0 : view.from / (MAX_VIEW - (view.until - view.from)) * 1000;
}
