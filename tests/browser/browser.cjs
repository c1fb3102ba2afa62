// What the tests of every page share. A test program is called with CHROMIUM FOLDER, registers its tests with test(), opens
// pages of the folder with open(), and ends with run().
"use strict";

const path = require("node:path");
const {chromium} = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const [, , executablePath, folder] = process.argv;
// Nothing that a browser likes to do on its own is wanted here.
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability", "--no-first-run", "--no-pings",
    "--disable-features=OptimizationHints,MediaRouter,Translate", "--mute-audio"];
const desktop = {width: 1280, height: 900}, phone = {width: 390, height: 844};

let browser, failures = 0;

async function open(name, options = {}) {
    const context = await browser.newContext({viewport: desktop, ...options});
    const page = await context.newPage();
    page.complaints = [];
    page.requested = [];
    page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
    page.on("pageerror", (error) => page.complaints.push(error.stack));
    page.on("dialog", (dialog) => page.complaints.push("dialog: " + dialog.message()));
    page.on("request", (request) => page.requested.push(request.url()));
    await page.goto("file://" + path.join(folder, name));
    return page;
}

const tests = [];
const test = (name, run) => tests.push({name, run});

async function run() {
    browser = await chromium.launch({executablePath, args: quiet});
    for (const {name, run} of tests) {
        try {
            await run();
            console.log("ok      " + name);
        } catch (error) {
            failures++;
            console.log("FAILED  " + name + "\n" + error.stack);
        }
        for (const context of browser.contexts())
            await context.close();
    }
    await browser.close();
    console.log(`${tests.length - failures} passed, ${failures} failed`);
    process.exitCode = failures ? 1 : 0;
}

module.exports = {test, open, run, axe, desktop, phone};
