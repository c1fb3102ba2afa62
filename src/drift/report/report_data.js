"use strict";

/* Times are in milliseconds of the audio, except those called stamp. Text from files is inserted only through textContent and
   attributes. */

const HEARD = 0, GUESSED = 1, UNHEARD = 2;

const byId = (id) => document.getElementById(id);

function element(name, className, text) {
    const node = document.createElement(name);
    if (className)
        node.className = className;
    if (text !== undefined)
        node.textContent = text;
    return node;
}

function drawn(name, attributes, text) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes)
        node.setAttribute(key, attributes[key]);
    if (text !== undefined)
        node.textContent = text;
    return node;
}

/* Removes bidirectional controls, which would affect the text beside a name that is not isolated. */
function plain(text) {
    return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

function clock(ms, decimals = 0) {
    const unit = 10 ** (3 - decimals), all = Math.floor(Math.abs(ms) / unit) * unit;
    const two = (n) => String(n).padStart(2, "0");
    const fraction = decimals ? "." + String(all % 1000).padStart(3, "0").slice(0, decimals) : "";
    return (ms < 0 ? "\u2212" : "") + two(Math.floor(all / 3600000)) + ":" + two(Math.floor(all / 60000) % 60) + ":" +
        two(Math.floor(all / 1000) % 60) + fraction;
}

function shortClock(ms) {
    const text = clock(ms);
    return text.startsWith("00:") ? text.slice(3) : text;
}

function seconds(ms) {
    const size = Math.abs(ms);
    return (size / 1000).toFixed(size < 10000 ? 2 : 1) + "\u00a0s";
}

function signed(ms) {
    return (ms < 0 ? "\u2212" : "+") + seconds(ms);
}

function errorInWords(ms) {
    return seconds(ms) + (ms < 0 ? " earlier" : " later") + " than the timestamp";
}

function readWords(marks, times, texts) {
    let at = 0, next = 0;
    return texts.map((text, i) => {
        const mark = marks.charCodeAt(i);
        if (marks[i] === "-")
            return {text, status: UNHEARD, start: null, end: null, confidence: 0};
        const start = at + times[next], end = start + times[next + 1];
        at = end;
        next += 2;
        const guessed = mark >= 97;
        return {text, status: guessed ? GUESSED : HEARD, start, end, confidence: (mark - (guessed ? 97 : 48)) / 9};
    });
}

/* Joins words as sb_word_gap does: without blanks in scripts that have none. */
const MARKS = "[^\\p{L}\\p{N}\\u3000-\\u303f\\uff00-\\uffe6]*";
const SIGN = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\u3000-\\u303f\\u30fc\\uff00-\\uff60]";
const SIGN_LAST = new RegExp(SIGN + MARKS + "$", "u"), SIGN_FIRST = new RegExp("^" + MARKS + SIGN, "u");

function wordGap(before, after) {
    return before !== undefined && after !== undefined && SIGN_LAST.test(before) && SIGN_FIRST.test(after) ? "" : " ";
}

function joinWords(texts) {
    return texts.map((text, i) => i > 0 ? wordGap(texts[i - 1], text) + text : text).join("");
}

function readTurn(row, index) {
    const [speaker, stamp, start, end, sure, grade, marks, times, texts, events] = row;
    const error = grade ? start - stamp : null;
    return {index, speaker, stamp, start, end, sure: sure === 1, grade, error,
        words: readWords(marks, times, texts), text: joinWords(texts), events: events || []};
}

function pairs(flat) {
    const spans = [];
    for (let i = 0; i < flat.length; i += 2)
        spans.push({start: flat[i], end: flat[i + 1]});
    return spans;
}

/* Sorts speakers by speaking time, so that those who speak most get their own colours. */
function readSpeakers(turns) {
    const found = new Map();
    for (const turn of turns) {
        const speaker = found.get(turn.speaker) || {name: turn.speaker, time: 0, turns: 0};
        speaker.turns++;
        if (turn.start !== null && turn.end !== null)
            speaker.time += turn.end - turn.start;
        found.set(turn.speaker, speaker);
    }
    const sorted = [...found.values()].sort((a, b) => b.time - a.time);
    sorted.forEach((speaker, i) => speaker.colour = Math.min(i, 6));
    return found;
}

function readLevels(text) {
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return text ? Array.from(text, (letter) => digits.indexOf(letter)) : null;
}

const data = JSON.parse(byId("data").textContent);
data.turns = data.turns.map(readTurn);
data.speakers = readSpeakers(data.turns);
data.speech = pairs(data.speech);
data.unmatched = pairs(data.unmatched);
data.levels = readLevels(data.levels);
data.breaks = data.verdict === "mismatch" ? []
    : data.breaks.map(([at, start, end, gap, sure]) => ({at, start, end, gap, sure: sure === 1}));
data.suspects = data.suspects.map(([turn, kind, note]) => ({turn: data.turns[turn], kind, note}));
data.measured = data.turns.filter((turn) => turn.error !== null);
data.placed = data.turns.filter((turn) => turn.start !== null && turn.end !== null)
    .sort((a, b) => a.start - b.start || a.index - b.index);
data.hasPlot = data.verdict !== "mismatch" && data.measured.length > 0;

function nameOf(turn) {
    return turn.speaker === null ? "Unnamed speaker" : turn.speaker;
}

/* Returns the index of the last item that starts at or before `time`, or -1. */
function lastBefore(items, time) {
    let low = 0, high = items.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (items[middle].start <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

/* Returns the turn at this time, or the one before it. */
function turnAt(time) {
    const i = lastBefore(data.placed, time);
    return i < 0 ? data.placed[0] || null : data.placed[i];
}

function summaryOf(turn, length = 180) {
    return turn.text.length > length ? turn.text.slice(0, length).replace(/\s+\S*$/, "") + " \u2026" : turn.text;
}

/* Appends "Ann Lee: text". Name and text are isolated, so that neither changes the direction of the other. */
function appendSaid(node, turn, length) {
    const name = element("bdi");
    name.append(element("b", "", nameOf(turn)));
    node.append(name, ": ", element("bdi", "", summaryOf(turn, length)));
}
