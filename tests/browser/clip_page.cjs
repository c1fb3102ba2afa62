// Opens the pages of clips in Chromium and uses them: clip_page.cjs CHROMIUM FOLDER, where the folder holds index.html and
// hostile/hostile.html, made by test_browser_clips.sh, and the clips that they link to.
"use strict";

const assert = require("node:assert/strict");
const {test, open, run, axe, desktop, phone} = require("./browser.cjs");

const focused = (page) => page.evaluate(() => document.activeElement.id);
const playing = (page) => page.evaluate(() => [...document.querySelectorAll(".clip")]
    .filter((clip) => !clip.querySelector("audio").paused).map((clip) => clip.id).join());
const visible = (page) => page.locator(".clip:visible").count();

test("shows every clip, and asks for nothing until one is played", async () => {
    const page = await open("index.html");
    assert.deepEqual(page.complaints, []);
    assert.equal(await page.locator(".clip").count(), 5);
    assert.equal(page.requested.filter((url) => url.startsWith("file:")).length, 1);
    assert.match(await page.locator(".files").innerText(), /^5 clips, 00:00:\d\d in total/);
    assert.match(await page.locator(".clip").nth(3).innerText(), /Bob Stone\s+The hardest part is the water\./);
    assert.match(await page.locator(".clip").nth(3).innerText(), /Length\s+\d\.\d s\s+Episode\s+episode\s+Start\s+00:00:1\d/);
});

test("every clip can be played, from a folder with a blank in its name", async () => {
    const page = await open("index.html");
    for (const audio of await page.locator("audio").all()) {
        await audio.evaluate((node) => node.play());
        assert.ok(await audio.evaluate((node) => node.duration > 1));
    }
    assert.equal(await playing(page), "clip-5");
    assert.equal(await page.locator(".clip.playing").getAttribute("id"), "clip-5");
    assert.deepEqual(page.complaints, []);
});

test("names and words that are markup stay text, and odd file names are found", async () => {
    const page = await open("hostile/hostile.html");
    assert.equal(await page.evaluate(() => window.obeyed), undefined);
    assert.equal(await page.locator("img").count(), 0);
    assert.match(await page.locator("blockquote").first().textContent(), /^<\/blockquote><script>/);
    assert.match(await page.locator(".who").first().textContent(), /^<img src=x onerror=obeyed=1>\ufffd$/);
    await page.locator("audio").first().evaluate((node) => node.play());
    assert.deepEqual(page.complaints, []);
});

test("the keyboard goes from clip to clip and plays", async () => {
    const page = await open("index.html");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await focused(page), "clip-2");
    await page.keyboard.press("k");
    assert.equal(await focused(page), "clip-1");
    await page.keyboard.press("p");
    await page.waitForFunction(() => document.querySelector("#clip-1.playing"));
    await page.keyboard.press("p");
    await page.waitForFunction(() => !document.querySelector(".playing"));
    await page.keyboard.press("/");
    assert.equal(await focused(page), "search");
    await page.keyboard.type("jp");
    assert.equal(await page.locator("#search").inputValue(), "jp");
});

test("the search looks at words, names and files, whatever their case and accents", async () => {
    const page = await open("index.html");
    await page.locator("#search").fill("W\u00e4ter stone");
    assert.equal(await visible(page), 1);
    assert.equal(await page.locator("#shown").innerText(), "1 of 5 shown");
    await page.keyboard.press("Escape");
    assert.equal(await focused(page), "clip-4");
    await page.locator("#search").fill("ann lee");
    assert.equal(await visible(page), 3);
    await page.locator("#search").fill("");
    await page.locator("#warned").check();
    assert.equal(await visible(page), await page.locator(".clip:has(.warnings)").count());
});

test("clips follow one another where that is wanted", async () => {
    const page = await open("index.html");
    await page.locator("#on").check();
    await page.locator("#clip-1 audio").evaluate((node) => node.play());
    await page.locator("#clip-1 audio").evaluate((node) => { node.currentTime = node.duration - 0.1; });
    await page.waitForFunction(() => document.querySelector("#clip-2.playing"));
    assert.equal(await focused(page), "clip-2");
});

test("without JavaScript it can be read and played", async () => {
    const page = await open("index.html", {javaScriptEnabled: false});
    assert.equal(await page.locator("audio").count(), 5);
    assert.ok(!await page.locator("#tools").isVisible());
});

test("print has the words and none of the controls", async () => {
    const page = await open("index.html", {colorScheme: "dark"});
    await page.emulateMedia({media: "print"});
    assert.ok(!await page.locator("audio").first().isVisible());
    assert.ok(!await page.locator("#tools").isVisible());
    assert.ok(await page.locator("blockquote").first().isVisible());
});

for (const [colorScheme, viewport] of [["light", desktop], ["dark", phone]])
    test(`no fault of accessibility, nothing wider than the window: ${colorScheme}, ${viewport.width} pixels`, async () => {
        for (const name of ["index.html", "hostile/hostile.html"]) {
            const page = await open(name, {colorScheme, viewport, bypassCSP: true});
            await page.keyboard.press("j");
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
            await page.addScriptTag({path: axe});
            const {violations} = await page.evaluate(() => axe.run());
            assert.deepEqual(violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map((node) => node.html)]), []);
        }
    });

run();
