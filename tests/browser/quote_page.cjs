// Opens the page of quotes in Chromium and uses it: quote_page.cjs CHROMIUM FOLDER, where the folder holds quotes.html and
// silent.html, made by test_browser_quotes.sh.
"use strict";

const assert = require("node:assert/strict");
const path = require("node:path");
const {test, open, run, axe, desktop, phone} = require("./browser.cjs");

const focused = (page) => page.evaluate(() => document.activeElement.id);
const visible = (page) => page.locator(".quote:visible").count();
const order = (page) => page.evaluate(() => [...document.querySelectorAll(".quote")].map((quote) => quote.dataset.verdict));

test("shows every quote with its verdict, and asks for nothing", async () => {
    const page = await open("quotes.html");
    assert.deepEqual(page.complaints, []);
    assert.equal(page.requested.filter((url) => !url.startsWith("data:")).length, 1);
    assert.deepEqual((await order(page)).slice(0, 5),
        ["verbatim", "wrong-speaker", "misleading-elision", "not-said", "altered"]);
    assert.match(await page.locator(".files").first().innerText(), /^6 quotes, /);
    assert.match(await page.locator("#quote-2").innerText(), /Said by Bob Stone, not by Ann Lee\./);
    assert.match(await page.locator("#quote-3 .differences").innerText(), /it removes or adds a negation/);
    assert.match(await page.locator("#quote-5 ins").innerText(), /thirty/);
    assert.match(await page.locator("#quote-5 mark").innerText(), /twenty/);
});

test("the quotes that were said can be heard", async () => {
    const page = await open("quotes.html");
    assert.ok(await page.locator("audio").count() >= 4);
    assert.equal(await page.locator("#quote-4 audio").count(), 0);
    await page.locator("#quote-1 audio").evaluate((node) => node.play());
    assert.ok(await page.locator("#quote-1 audio").evaluate((node) => node.duration > 2));
    assert.equal(await page.locator(".quote.playing").getAttribute("id"), "quote-1");
    await page.locator("#quote-3 audio").evaluate((node) => node.play());
    assert.ok(await page.locator("#quote-1 audio").evaluate((node) => node.paused));
    assert.deepEqual(page.complaints, []);
});

test("without sound it can be read", async () => {
    const page = await open("silent.html");
    assert.equal(await page.locator("audio").count(), 0);
    assert.match(await page.locator(".files").nth(1).innerText(), /transcript only/);
    await page.keyboard.press("p");
    assert.deepEqual(page.complaints, []);
});

test("quotes and names that are markup stay text", async () => {
    const page = await open("quotes.html");
    assert.equal(await page.evaluate(() => window.obeyed), undefined);
    assert.equal(await page.locator("img").count(), 0);
    assert.match(await page.locator("#quote-6 blockquote").textContent(), /<\/blockquote><script>/);
});

test("it can be searched, filtered and sorted", async () => {
    const page = await open("quotes.html");
    await page.locator("#search").fill("KITE");
    assert.equal(await visible(page), 1);
    assert.equal(await page.locator("#shown").innerText(), "1 of 6 shown");
    await page.locator("#search").fill("");
    await page.locator("#doubtful").check();
    assert.equal(await page.locator("#quote-1").isVisible(), false);
    await page.locator("#worst").check();
    assert.equal((await order(page))[0], "not-said");
    await page.locator("#worst").uncheck();
    assert.equal((await order(page))[0], "verbatim");
    await page.locator("#doubtful").uncheck();
    await page.locator("body").press("j");
    await page.keyboard.press("j");
    assert.equal(await focused(page), "quote-2");
});

test("without JavaScript it can be read and played", async () => {
    const page = await open("quotes.html", {javaScriptEnabled: false});
    assert.ok(await page.locator("audio").first().isVisible());
    assert.ok(!await page.locator("#tools").isVisible());
});

test("print has the words and none of the controls", async () => {
    const page = await open("quotes.html", {colorScheme: "dark"});
    await page.emulateMedia({media: "print"});
    assert.ok(!await page.locator("audio").first().isVisible());
    assert.ok(!await page.locator("#tools").isVisible());
    assert.ok(await page.locator("blockquote").first().isVisible());
});

for (const [colorScheme, viewport] of [["light", desktop], ["dark", phone]])
    test(`no fault of accessibility, nothing wider than the window: ${colorScheme}, ${viewport.width} pixels`, async () => {
        for (const name of ["quotes.html", "silent.html"]) {
            const page = await open(name, {colorScheme, viewport, bypassCSP: true});
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
            await page.screenshot({path: path.join(process.argv[3], `${name}-${colorScheme}.png`), fullPage: true});
            await page.addScriptTag({path: axe});
            const {violations} = await page.evaluate(() => axe.run());
            assert.deepEqual(violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 200))]), []);
        }
    });

run();
