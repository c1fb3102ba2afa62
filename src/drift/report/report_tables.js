/* The figures, and the tables whose rows are links to their positions. */

const SHOWN = 10;

function placeLink(text, target, go) {
    const link = element("a", "", text);
    link.href = target;
    link.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation();
        go();
    });
    return link;
}

function cell(content) {
    const node = element("td");
    node.append(content);
    return node;
}

function isolated(text) {
    return element("bdi", "", text);
}

/* Adds a row whose first cell is a link. The whole row can be clicked. */
function addRow(body, text, target, go, cells) {
    const row = element("tr");
    row.append(cell(placeLink(text, target, go)), ...cells.map(cell));
    row.addEventListener("click", go);
    body.append(row);
    return row;
}

function showSome(section, n) {
    const rows = [...section.querySelectorAll("tbody tr")];
    if (rows.length <= n)
        return;
    rows.slice(n).forEach((row) => row.hidden = true);
    const more = element("button", "more", `Show all ${rows.length}`);
    more.type = "button";
    more.addEventListener("click", () => {
        rows.forEach((row) => row.hidden = false);
        more.remove();
        rows[n].querySelector("a").focus();
    });
    section.append(more);
}

function goToBreak(gap) {
    const edge = Math.max(30000, gap.end - gap.start);
    setView(gap.start - edge, gap.end + edge);
    choose(gap.start);
    goToPicture();
}

function goToSpan(span) {
    const edge = Math.max(15000, span.end - span.start);
    setView(span.start - edge, span.end + edge);
    choose(span.start);
    goToPicture();
}

function goToPicture() {
    byId("picture").scrollIntoView({block: "start"});
    byId("wave").focus({preventScroll: true});
}

function breakInWords(gap) {
    const what = gap.gap < 0 ? `${seconds(gap.gap)} of the transcript are missing in the audio`
        : `${seconds(gap.gap)} were inserted that are not in the transcript`;
    return what + (gap.sure ? "." : "; this is uncertain.");
}

function fillBreaks(section) {
    const body = section.querySelector("tbody");
    for (const gap of [...data.breaks].sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap))) {
        const place = gap.gap < 0 ? clock(gap.start, 1) : `${clock(gap.start, 1)} to ${clock(gap.end, 1)}`;
        addRow(body, place, "#picture", () => goToBreak(gap), [clock(gap.at, 1), breakInWords(gap)]);
    }
    return data.breaks.length > 0;
}

function fillOff(section) {
    const off = data.measured.filter((turn) => turn.grade === "o").sort((a, b) => Math.abs(b.error) - Math.abs(a.error));
    for (const turn of off)
        addRow(section.querySelector("tbody"), clock(turn.stamp), "#turn-" + turn.index, () => goToTurn(turn),
            [clock(turn.start, 2), isolated(nameOf(turn)), signed(turn.error) + (turn.sure ? "" : " (uncertain)")]);
    byId("off-lead").textContent = `${off.length} of ${data.stamps} timestamps, the largest error first. ` +
        "Plus means that the turn is later in the audio than its timestamp.";
    showSome(section, SHOWN);
    return off.length > 0;
}

function sameTimes(section, suspects) {
    const details = element("details"), list = element("ul", "legend");
    details.append(element("summary", "", `${suspects.length} ${suspects.length === 1 ? "turn has" : "turns have"} the same ` +
        "timestamp as the turn before"));
    for (const {turn} of suspects) {
        const item = element("li");
        item.append(placeLink(clock(turn.stamp), "#turn-" + turn.index, () => goToTurn(turn)), isolated(nameOf(turn)));
        list.append(item);
    }
    details.append(list);
    section.append(details);
}

function fillSuspects(section) {
    const same = data.suspects.filter((suspect) => suspect.kind === "same-second");
    const rest = data.suspects.filter((suspect) => suspect.kind !== "same-second");
    for (const {turn, note} of rest)
        addRow(section.querySelector("tbody"), clock(turn.stamp ?? turn.start ?? 0), "#turn-" + turn.index, () => goToTurn(turn),
            [isolated(nameOf(turn)), isolated(note)]);
    section.querySelector("table").hidden = rest.length === 0;
    showSome(section, 2 * SHOWN);
    if (same.length > 0)
        sameTimes(section, same);
    return data.suspects.length > 0;
}

function fillUnmatched(section) {
    for (const span of data.unmatched)
        addRow(section.querySelector("tbody"), clock(span.start, 1), "#picture", () => goToSpan(span),
            [clock(span.end, 1), seconds(span.end - span.start)]);
    showSome(section, SHOWN);
    return data.unmatched.length > 0;
}

function addFigure(name, value, remark) {
    const group = element("div"), figure = element("dd", "", value);
    if (remark)
        figure.append(element("small", "", remark));
    group.append(element("dt", "", name), figure);
    byId("figures").querySelector("dl").append(group);
}

function clockRemark() {
    if (Math.abs(data.rate) < 0.5)
        return "";
    return data.madeForFps ? `made for ${data.madeForFps} fps, the audio runs at ${data.runsAtFps} fps`
        : `${seconds(data.rate * 3.6)} an hour`;
}

function fillFigures() {
    const inserted = data.breaks.filter((gap) => gap.gap > 0).length, missing = data.breaks.length - inserted;
    addFigure("Offset at the start", Math.abs(data.offset) < 1 ? "none" : signed(data.offset),
        Math.abs(data.offset) < 1 ? "both begin together" : `the audio is ${data.offset > 0 ? "later" : "earlier"}`);
    addFigure("Clock", Math.abs(data.rate) < 0.5 ? "the same" : `${Math.round(data.rate)} ppm`, clockRemark());
    addFigure("Breaks", data.breaks.length || "none",
        data.breaks.length ? `${inserted} inserted, ${missing} missing` : "nothing inserted or removed");
    addFigure("Correct timestamps", `${data.right} of ${data.stamps}`,
        data.resolution > 0 ? `resolution ${data.resolution / 1000}\u00a0s` : "");
    addFigure("Median error", seconds(data.median), `95 % within ${seconds(data.p95)}`);
    addFigure("Largest error", seconds(data.worst), `limit: resolution + ${seconds(data.limit)}`);
}

function fillTables() {
    const sections = {suspects: fillSuspects, unmatched: fillUnmatched};
    if (data.hasPlot) {
        fillFigures();
        byId("figures").hidden = false;
        Object.assign(sections, {breaks: fillBreaks, off: fillOff});
    }
    if (data.verdict !== "mismatch")
        for (const id in sections)
            byId(id).hidden = !sections[id](byId(id));
}
