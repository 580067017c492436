// drive.mjs FIREFOX FOLDER: takes steps in Firefox, one JSON array a line, and answers each with a line: what came of it,
// or why not. Files that pages give go to FOLDER. It ends with its input.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const [executablePath, folder] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  protocol: "webDriverBiDi",
  defaultViewport: { width: 1280, height: 1000 },
  extraPrefsFirefox: {
    "browser.download.folderList": 2,
    "browser.download.dir": folder,
    "browser.download.useDownloadDir": true,
    "browser.download.alwaysOpenPanel": false,
    "intl.accept_languages": "fr",
    "ui.prefersReducedMotion": 1,
  },
});
const page = await browser.newPage();
/** @type {Record<string, (...rest: any[]) => Promise<unknown>>} */
const verbs = {
  go: async (address) => void (await page.goto(address)),
  click: (selector) => page.click(selector),
  type: (selector, text) => page.type(selector, text),
  press: (key) => page.keyboard.press(key),
  value: (expression) => page.evaluate(expression),
};
for await (const line of createInterface({ input: process.stdin })) {
  const [verb, ...rest] = JSON.parse(line);
  try {
    console.log(JSON.stringify({ value: (await verbs[verb](...rest)) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
await browser.close();
