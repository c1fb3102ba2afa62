// Plays videos in Chromium: video_player.cjs CHROMIUM FOLDER NAME=WIDTHxHEIGHT=SECONDS...
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const {chromium} = require("playwright-core");

const [, , executablePath, folder, ...videos] = process.argv;
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-default-apps", "--no-first-run", "--no-pings", "--mute-audio",
    "--autoplay-policy=no-user-gesture-required"];

// The sizes, how long it is, and what was shown by the end.
const play = (page) => page.evaluate(async () => {
    const video = document.querySelector("video");
    const until = (event) => new Promise((done, fail) => {
        video.addEventListener(event, done, {once: true});
        video.addEventListener("error", () => fail(new Error(video.error.message)), {once: true});
    });
    if (video.readyState < 3)
        await until("canplay");
    const size = `${video.videoWidth}x${video.videoHeight}`;
    video.currentTime = video.duration * 0.6;
    await until("seeked");
    const sought = video.currentTime / video.duration;
    video.currentTime = 0;
    await until("seeked");
    const times = [];
    video.addEventListener("timeupdate", () => times.push(video.currentTime));
    video.play();
    await until("ended");
    return {size, sought, times, duration: video.duration, ready: video.readyState,
        shown: video.getVideoPlaybackQuality().totalVideoFrames, heard: video.webkitAudioDecodedByteCount};
});

async function main() {
    const browser = await chromium.launch({executablePath, args: quiet});
    const page = await browser.newPage();
    try {
        for (const [name, size, seconds] of videos.map((video) => video.split("="))) {
            const html = path.join(folder, "player.html");
            fs.writeFileSync(html, `<!DOCTYPE html><title>${name}</title><video src="${name}" height="400"></video>`);
            await page.goto("file://" + html);
            const seen = await play(page);
            assert.equal(seen.size, size, name);
            assert.ok(Math.abs(seen.duration - seconds) < 0.05, `${name} lasts ${seen.duration} s, not ${seconds}`);
            assert.ok(Math.abs(seen.sought - 0.6) < 0.05, `${name} cannot be sought`);
            assert.ok(seen.ready >= 2 && seen.times.length > 2 && seen.shown > 10 && seen.heard > 1000, JSON.stringify(seen));
            console.log(`${name}: ${seen.size}, ${seen.duration} s, ${seen.shown} pictures shown`);
        }
    } finally {
        await browser.close();
    }
}

main().catch((error) => {
    console.error(error.stack);
    process.exit(1);
});
