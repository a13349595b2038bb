import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launch, post, startPlayground, ZONE } from "./browser.ts";

/** Takes the README's pictures of the playground anew: node test/adapters/playground/take-pictures.ts */

const ROOT = resolve(import.meta.dirname, "../../..");
const PICTURES = join(ROOT, "docs/pictures");

const folder = mkdtempSync(join(tmpdir(), "shepherd-fonts-"));
const fonts = join(folder, "fonts.conf");
writeFileSync(fonts, fontConfig());
const [browser, playground] = await Promise.all([launch({ FONTCONFIG_FILE: fonts }), startPlayground()]);
try {
  mkdirSync(PICTURES, { recursive: true });
  await post(playground.url, "example");
  await post(playground.url, "messages", { text: "forecast fabrikam" });
  await take("playground-desktop.png", { width: 1280, height: 800 }, 1);
  await post(playground.url, "messages", { text: "eta fabrikam" });
  await take("playground-phone.png", { width: 390, height: 740 }, 1.5);
} finally {
  await browser.close();
  await playground.stop();
  rmSync(folder, { recursive: true });
}

/** On a phone from the newest answer's picture on. */
async function take(
  name: string,
  viewport: { width: number; height: number },
  deviceScaleFactor: number,
): Promise<void> {
  const page = await browser.newPage({ viewport, deviceScaleFactor, timezoneId: ZONE, locale: "en-GB" });
  await page.goto(playground.url);
  await page.locator(".look").first().waitFor();
  await page.locator(".coming").first().waitFor({ state: "detached" });
  const inline = page.locator(".inline figure").last();
  if (await inline.isVisible()) {
    await inline.evaluate((one) => one.scrollIntoView());
    await page.locator("#scroll").evaluate((one) => one.scrollBy(0, -12));
  }
  await page.screenshot({ path: join(PICTURES, name) });
  await page.close();
}

/**
 * The product's own font stands in for that of the system, so that the pictures hardly differ from machine to machine. What it
 * lacks as it is kept here, such as circles, comes from DejaVu.
 */
function fontConfig(): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${join(ROOT, "adapters/fonts")}</dir><dir>/usr/share/fonts</dir><cachedir>${folder}</cachedir>
<match target="pattern"><edit name="family" mode="append" binding="strong">
<string>Inter</string><string>DejaVu Sans</string></edit></match></fontconfig>`;
}
