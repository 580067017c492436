// lighthouse.mjs CHROMIUM ADDRESS...: Lighthouse on a simulated phone. JSON: for each address, the score of each category
// out of 100, the audits that lost points, and how much the layout shifts.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...addresses] = process.argv.slice(2);
const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"];
const chrome = await launch({ chromePath, chromeFlags, logLevel: "silent" });
/** @type {Record<string, object>} */
const found = {};
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", output: "json" });
    /** @type {Record<string, number>} */
    const scores = {};
    const lost = [];
    for (const [name, { score, auditRefs }] of Object.entries(lhr.categories)) {
      scores[name] = Math.round(score * 100);
      for (const { id, weight } of auditRefs) {
        const audit = lhr.audits[id];
        if (weight && audit.score !== null && audit.score < 1) lost.push(`${name}: ${id} ${audit.displayValue ?? audit.title}`);
      }
    }
    found[address] = { scores, lost, shift: lhr.audits["cumulative-layout-shift"].numericValue, error: lhr.runtimeError?.message ?? null };
  }
} finally {
  await chrome.kill();
}
console.log(JSON.stringify(found));
