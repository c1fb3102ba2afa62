// Opens report pages in Chromium and uses them: report_page.cjs CHROMIUM FOLDER, where the folder holds fits.html, breaks.html,
// removed.html, hostile.html and alone/fits.html, made by test_browser_report.sh, and the audio beside all but the last.
"use strict";

const assert = require("node:assert/strict");
const browser = require("./browser.cjs");

const {test, run, axe, desktop, phone} = browser;
const points = (page) => page.locator("#plot .point");
const focusedTurn = (page) => page.evaluate(() => document.activeElement.closest("[data-turn]")?.dataset.turn);
const inWindow = (page, selector) => page.waitForFunction((wanted) => {
    const box = document.querySelector(wanted).getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
}, selector);
const measured = (page) => page.evaluate(() => data.turns.filter((turn) => turn.error !== null).length);
const ready = (page) => page.waitForFunction(() => document.getElementById("audio").readyState >= 1);

// The plot is drawn once its size is known, and the turns are built a stretch at a time: both after the page has loaded.
async function open(name, options = {}) {
    const page = await browser.open(name, options);
    if (options.javaScriptEnabled !== false)
        await page.waitForFunction(() => document.querySelector("#plot .point") &&
            document.querySelectorAll(".turn").length === data.turns.length);
    return page;
}

test("loads without a word of complaint, and asks for nothing but its audio", async () => {
    const page = await open("fits.html");
    await ready(page);
    assert.deepEqual(page.complaints, []);
    assert.ok(page.requested.every((url) => /^(file|data):/.test(url)), page.requested.join());
    assert.equal(page.requested.filter((url) => url.startsWith("file:") && !/fits\.html$|conversation\.mp3$/.test(url)).length, 0);
    assert.equal(await page.locator("h1").innerText(), "Half a Kettle: the transmitter in the cow shed");
    assert.match(await page.locator(".verdict").innerText(), /^Timestamps match\n+\S/);
});

test("the plot has a point for every stamp, the transcript every turn and word", async () => {
    const page = await open("fits.html");
    assert.ok(await measured(page) > 50);
    assert.equal(await points(page).count(), await measured(page));
    const said = await page.locator("#turns .word").allTextContents();
    assert.deepEqual(said, await page.evaluate(() => data.turns.flatMap((turn) => turn.words.map((word) => word.text))));
    assert.ok((await page.locator("#wave .bars:not(.quiet)").getAttribute("d")).length > 1000);
});

test("breaks are drawn as steps, and their row jumps to them", async () => {
    const page = await open("breaks.html");
    assert.match(await page.locator(".verdict").innerText(), /^Timestamps drift\n+\S/);
    assert.equal(await page.locator("#plot .break").count(), 1);
    assert.equal(await page.locator("#plot .step").count(), 1);
    assert.equal(await page.locator("#plot .break-label").textContent(), "+30.0\u00a0s inserted");
    await page.locator("#breaks tbody tr").click({position: {x: 500, y: 10}});
    await inWindow(page, "#wave");
    assert.ok(await page.evaluate(() => view.from > 0 && view.until < data.duration && chosen.time === data.breaks[0].start));
    assert.ok(await points(page).count() < await measured(page));
    assert.ok(await page.locator("#pan").isVisible());
    await page.locator("#zoom-all").click();
    assert.equal(await points(page).count(), await measured(page));
    assert.deepEqual(page.complaints, []);
});

test("the step of a passage that is missing stands where its break is marked", async () => {
    const page = await open("removed.html");
    assert.equal(await page.locator("#plot .break-label").textContent(), "\u221220.0\u00a0s missing");
    const [before, after] = await page.locator("#plot .fit").evaluateAll((lines) =>
        lines.map((line) => [line.x1.baseVal.value, line.x2.baseVal.value]));
    const mark = await page.evaluate(() => xOf(data.breaks[0].start));
    assert.ok(Math.abs(before[1] - mark) < 1 && Math.abs(after[0] - mark) < 1, `${before} ${after} ${mark}`);
});

test("a row of a table jumps to its turn", async () => {
    const page = await open("breaks.html");
    for (const table of ["#off", "#suspects"]) {
        const row = page.locator(`${table} tbody tr`).last(), link = row.locator("a");
        const shown = page.locator(`${table} tbody tr:visible`).last();
        const turn = (await shown.locator("a").getAttribute("href")).replace("#turn-", "");
        await shown.click();
        assert.equal(await focusedTurn(page), turn, table);
        await inWindow(page, `#turn-${turn}`);
        assert.ok(await page.locator(`#turn-${turn}.here`).count(), table);
        assert.ok(await link.count(), table);
    }
    const all = await page.locator("#off tbody tr").count();
    assert.ok(all > 10);
    assert.equal(await page.locator("#off tbody tr:visible").count(), 10);
    await page.locator("#off .more").click();
    assert.equal(await page.locator("#off tbody tr:visible").count(), all);
});

test("pointing at a point shows its turn, a click goes there", async () => {
    const page = await open("fits.html");
    const point = points(page).nth(9), turn = await point.getAttribute("data-turn");
    const box = await point.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator("#tip").waitFor();
    assert.ok((await page.locator("#tip").innerText()).includes(await page.evaluate((i) => nameOf(data.turns[i]), turn)));
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    assert.equal(await focusedTurn(page), turn);
    await inWindow(page, `#turn-${turn}`);
    assert.equal(await page.locator("#plot .cursor").getAttribute("hidden"), null);
    assert.equal(await page.locator("#plot .here").getAttribute("data-turn"), turn);
});

test("the keyboard goes from point to point, to the turn, and from word to word", async () => {
    const page = await open("fits.html");
    await points(page).first().focus();
    const first = await focusedTurn(page);
    await page.keyboard.press("ArrowRight");
    const second = await focusedTurn(page);
    assert.notEqual(second, first);
    assert.ok(await page.locator("#tip").isVisible());
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("#tip").isHidden());
    await page.keyboard.press("End");
    assert.equal(await focusedTurn(page), await points(page).last().getAttribute("data-turn"));
    await page.keyboard.press("Home");
    assert.equal(await focusedTurn(page), first);
    await page.keyboard.press("Enter");
    assert.ok(await page.evaluate((i) => document.activeElement.closest("#turn-" + i) !== null, first));
    await page.keyboard.press("ArrowDown");
    assert.equal(await focusedTurn(page), String(+first + 1));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".word:nth-of-type(2)")));
    assert.equal(await points(page).and(page.locator('[tabindex="0"]')).count(), 1);
    assert.equal(await page.locator('#turns .place[tabindex="0"]').count(), 1);
});

test("the waveform is a slider that zooms", async () => {
    const page = await open("fits.html"), wave = page.locator("#wave");
    await wave.focus();
    await page.keyboard.press("PageUp");
    const at = Number(await wave.getAttribute("aria-valuenow"));
    assert.ok(at > 30 && at < 50, String(at));
    assert.match(await wave.getAttribute("aria-valuetext"), /^00:00:4\d, .+: ./);
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    assert.ok(await points(page).count() < await measured(page) / 2);
    await page.keyboard.press("0");
    assert.equal(await points(page).count(), await measured(page));
    await wave.click({position: {x: 640, y: 40}});
    assert.ok(Number(await wave.getAttribute("aria-valuenow")) > 150);
    assert.match(await page.locator("#readout").innerText(), /Show in the transcript$/);
});

test("a click on a word plays it", async () => {
    const page = await open("fits.html");
    await ready(page);
    assert.ok(await page.locator("#player").isVisible());
    assert.equal(await page.locator("#transcript-lead").innerText(), "Click a word to play it.");
    const word = page.locator("#turn-5 .word").nth(1);
    await word.scrollIntoViewIfNeeded();
    await word.click();
    await page.waitForFunction(() => {
        const start = data.turns[5].words[1].start / 1000, now = document.getElementById("audio").currentTime;
        return now >= start - 0.001 && now < start + 5;
    });
    assert.deepEqual(page.complaints, []);
});

test("without the audio all else works, and the page says what is missing", async () => {
    const page = await open("alone/fits.html");
    await page.waitForFunction(() => document.getElementById("audio").error !== null);
    assert.ok(await page.locator("#player").isHidden());
    assert.match(await page.locator("#transcript-lead").innerText(), /put conversation\.mp3 in the folder/);
    await page.locator("#turn-3 .word").first().click();
    assert.ok(await page.locator("#turn-3.here").count());
    assert.ok(page.complaints.every((text) => text.includes("ERR_FILE_NOT_FOUND")), page.complaints.join());
});

test("names and words from files are shown, never obeyed", async () => {
    const page = await open("hostile.html");
    assert.equal(await page.evaluate(() => window.obeyed), undefined);
    assert.equal(await page.locator("main img, main b > script, h1 script").count(), 0);
    assert.ok((await page.locator("#turn-0 .name").innerText()).includes("<img src=x onerror=obeyed=1>"));
    assert.ok((await page.locator("#turn-0 .said").innerText()).includes("</script><script>obeyed=1</script>"));
    assert.equal(await page.locator("#turn-0 .word.isolate").count(), 1);
    assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(await page.locator("#plot").innerHTML()));
    assert.deepEqual(page.complaints, []);
});

test("print has all of the transcript and none of the controls", async () => {
    const page = await open("fits.html", {colorScheme: "dark"});
    await ready(page);
    await page.emulateMedia({media: "print"});
    for (const selector of [".tools", "#player", "#readout"])
        assert.ok(await page.locator(selector).isHidden(), selector);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    assert.ok((await page.pdf({format: "A4"})).length > 20000);
    assert.equal(await page.locator(".turn").count(), await page.evaluate(() => data.turns.length));
});

test("without scripts the report is there as text", async () => {
    const page = await open("breaks.html", {javaScriptEnabled: false});
    assert.match(await page.locator("noscript pre").innerText(), /^DRIFT {9}\S[^]*\nError /);
});

for (const [colorScheme, viewport] of [["light", desktop], ["dark", phone]])
    test(`no fault of accessibility, nothing wider than the window: ${colorScheme}, ${viewport.width} pixels`, async () => {
        const page = await open("breaks.html", {colorScheme, viewport, bypassCSP: true});
        await ready(page);
        await page.locator("#off tbody tr").first().click();
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        await page.addScriptTag({path: axe});
        const {violations} = await page.evaluate(() => axe.run());
        assert.deepEqual(violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map((node) => node.html)]), []);
    });

run();
