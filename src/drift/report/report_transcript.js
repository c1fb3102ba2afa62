/* The transcript with its words shaded by confidence. A long transcript is built in steps, so that the page can be used at
   once. */

const STRETCH = 40;
let built = 0;

const suspectNotes = new Map();
for (const {turn, kind, note} of data.verdict === "mismatch" ? [] : data.suspects)
    if (kind !== "same-second")
        suspectNotes.set(turn, [...(suspectNotes.get(turn) || []), note]);

function wordClass(word) {
    const shade = word.status === UNHEARD ? " unheard"
        : word.status === GUESSED ? " guess" : word.confidence < 0.25 ? " lower" : word.confidence < 0.5 ? " low" : "";
    return "word" + shade + (plain(word.text) === word.text ? "" : " isolate");
}

function appendEvents(node, turn, before) {
    for (let i = 0; i < turn.events.length; i += 2)
        if (turn.events[i] === before)
            node.append(element("span", "event", turn.events[i + 1]), " ");
}

/* Screen readers do not announce shading, so runs of words that were not heard are marked in text. */
function appendWords(node, turn) {
    turn.words.forEach((word, i) => {
        const unheard = word.status === UNHEARD;
        appendEvents(node, turn, i);
        if (unheard && turn.words[i - 1]?.status !== UNHEARD)
            node.append(element("span", "hear", "[not heard:"));
        node.append(element("span", wordClass(word), word.text));
        if (unheard && turn.words[i + 1]?.status !== UNHEARD)
            node.append(element("span", "hear", "]"));
        node.append(wordGap(word.text, turn.words[i + 1]?.text));
    });
    appendEvents(node, turn, turn.words.length);
}

function turnHead(turn) {
    const head = element("div", "who"), name = element("bdi", "name", nameOf(turn));
    const dot = element("span", "dot s" + laneOf(turn));
    const place = element("button", "place", turn.start === null ? "no position" : clock(turn.start));
    place.type = "button";
    place.tabIndex = turn.index === 0 ? 0 : -1;
    place.setAttribute("aria-label", `Play from ${place.textContent}, ${plain(nameOf(turn))}`);
    head.append(dot, name, element("small", "", ""));
    head.lastChild.append(place);
    if (turn.error !== null && turn.grade !== "r" && data.verdict !== "mismatch")
        head.append(element("small", turn.grade, `timestamp ${clock(turn.stamp)}, ${signed(turn.error)}`));
    return head;
}

function buildTurn(turn) {
    const item = element("li", "turn"), said = element("p", "said");
    item.id = "turn-" + turn.index;
    item.dataset.turn = turn.index;
    item.tabIndex = -1;
    said.dir = "auto";
    if (data.language)
        said.lang = data.language;
    appendWords(said, turn);
    item.append(turnHead(turn), said);
    for (const note of suspectNotes.get(turn) || [])
        item.append(element("p", "note", note));
    return item;
}

function buildUntil(end) {
    const some = document.createDocumentFragment();
    for (; built < Math.min(end, data.turns.length); built++)
        some.append(buildTurn(data.turns[built]));
    byId("turns").append(some);
}

function buildRest() {
    if (built >= data.turns.length)
        return;
    buildUntil(built + STRETCH);
    setTimeout(buildRest);
}

function turnNode(turn) {
    buildUntil(turn.index + 1);
    return byId("turn-" + turn.index);
}

/* The Tab key reaches one turn; the arrow keys move to the others. */
function markTurn(turn) {
    const before = byId("turns").querySelector(".turn.here"), node = turn ? turnNode(turn) : null;
    if (before === node)
        return;
    before?.classList.remove("here");
    byId("turns").querySelector('.place[tabindex="0"]')?.setAttribute("tabindex", -1);
    node?.classList.add("here");
    (node || byId("turns").firstElementChild)?.querySelector(".place").setAttribute("tabindex", 0);
}

function goToTurn(turn) {
    const node = turnNode(turn);
    if (turn.start !== null) {
        show(turn.start, turn.start);
        choose(turn.start, turn);
    } else {
        markTurn(turn);
    }
    hideTip();
    scrollToTurn(node);
    node.querySelector(".place").focus({preventScroll: true});
}

/* Turns get their final height when they become visible, which moves the target, so scroll twice. */
function scrollToTurn(node) {
    node.scrollIntoView({block: "center"});
    requestAnimationFrame(() => node.scrollIntoView({block: "center"}));
}

function turnOf(node) {
    const item = node.closest(".turn");
    return item ? data.turns[item.dataset.turn] : null;
}

function onTranscriptClick(event) {
    const turn = turnOf(event.target), span = event.target.closest(".word");
    if (!turn)
        return;
    const words = [...turnNode(turn).querySelectorAll(".word")], word = span ? turn.words[words.indexOf(span)] : null;
    if (span && word.start !== null)
        hear(word.start, turn);
    else if (event.target.closest(".place") && turn.start !== null)
        hear(turn.start, turn);
}

/* Up and down move between turns, left and right between words, Enter plays a word. */
function onTranscriptKey(event) {
    const turn = turnOf(event.target);
    if (!turn || event.ctrlKey || event.altKey || event.metaKey)
        return;
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key], side = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    const other = step ? data.turns[turn.index + step] : null;
    if (other)
        goToTurn(other);
    else if (side)
        stepWord(turn, event.target, side);
    else if ((event.key === "Enter" || event.key === " ") && event.target.matches(".word"))
        event.target.click();
    else
        return;
    event.preventDefault();
}

function stepWord(turn, from, side) {
    const words = [...turnNode(turn).querySelectorAll(".word")];
    const at = words.indexOf(from), to = at < 0 ? (side > 0 ? 0 : words.length - 1) : at + side;
    const word = words[to];
    if (!word) {
        turnNode(turn).querySelector(".place").focus();
        return;
    }
    word.tabIndex = -1;
    word.focus();
}

function startTranscript() {
    byId("turns").addEventListener("click", onTranscriptClick);
    byId("turns").addEventListener("keydown", onTranscriptKey);
    window.addEventListener("beforeprint", () => buildUntil(data.turns.length));
    buildUntil(STRETCH);
    byId("transcript").hidden = data.turns.length === 0;
    setTimeout(buildRest);
}
