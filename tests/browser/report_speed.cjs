// Prints how many milliseconds a page takes until it can be used, the median of five loads: report_speed.cjs CHROMIUM PAGE.
"use strict";

const {chromium} = require("playwright-core");

const [, , executablePath, file] = process.argv;

async function load(browser) {
    const page = await browser.newPage({viewport: {width: 1280, height: 900}});
    await page.goto("file://" + file);
    const time = await page.evaluate(() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd);
    await page.close();
    return time;
}

(async () => {
    const browser = await chromium.launch({executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]});
    const times = [];
    for (let i = 0; i < 5; i++)
        times.push(await load(browser));
    await browser.close();
    console.log(times.sort((a, b) => a - b)[2]);
})();
