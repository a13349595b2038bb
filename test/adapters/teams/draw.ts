import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";

const FONTS = resolve(import.meta.dirname, "../../../adapters/fonts");
const LIBRARY = createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js");
/** A pixel, for pictures whose bytes are not at hand. */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

interface Looks {
  /** Of the card, in pixels. */
  width: number;
  scheme?: "light" | "dark";
  /** The picture at an address. */
  pictureAt?: (url: string) => Buffer | undefined;
}

interface Reader {
  zone: string;
  locale: string;
}

/** Draws cards in a browser with Microsoft's renderer and sizes like those of Teams. Nothing is asked of the network. */
export async function openDrawing(browser: Browser, { width, scheme = "light", pictureAt }: Looks) {
  const viewport = { width: width + 16, height: 800 };
  const page = await browser.newPage({ viewport, colorScheme: scheme });
  await page.route(/^https:/, (route) =>
    route.fulfill({ body: pictureAt?.(route.request().url()) ?? PIXEL, contentType: "image/png" }),
  );
  await page.setContent(
    `<!doctype html><html lang="en"><title>Cards</title><style>${styleOf(width)}</style>`,
  );
  await page.addScriptTag({ path: LIBRARY });
  await page.addScriptTag({ path: join(import.meta.dirname, "draw-in-page.js") });
  return {
    page,
    /** What the parser finds wrong with each. */
    draw: (cards: readonly unknown[], reader: Reader) => drawIn(page, cards, reader),
    /** What a reader would find wrong with each that is drawn. */
    faults: (): Promise<string[][]> => page.evaluate("drawing.faults()"),
    /** The hints in empty inputs that are cut. */
    hintsCut: (): Promise<string[]> => page.evaluate("drawing.hintsCut()"),
    /** What a screen reader calls the inputs of each. */
    inputNames: (): Promise<string[][]> => page.evaluate("drawing.inputNames()"),
  };
}

async function drawIn(page: Page, cards: readonly unknown[], reader: Reader): Promise<string[][]> {
  const told = JSON.stringify(cards.map((card) => asRead(card, reader)));
  const said: string[][] = await page.evaluate(`drawing.draw(${told})`);
  await page.evaluate("document.fonts.ready");
  await page.evaluate("Promise.all([...document.images].map((one) => one.decode().catch(() => {})))");
  return said;
}

const FUNCTION = /\{\{(DATE|TIME)\(([^,)]+)(?:, SHORT)?\)\}\}/g;
const DAY: Intl.DateTimeFormatOptions = { weekday: "short", month: "short", day: "numeric", year: "numeric" };

/** With times as the reader's clock shows them, which Teams fills in. */
function asRead(card: unknown, { zone: timeZone, locale }: Reader): unknown {
  const filled = JSON.stringify(card).replaceAll(FUNCTION, (_, name: string, moment: string) => {
    const form: Intl.DateTimeFormatOptions = name === "DATE" ? DAY : { timeStyle: "short" };
    return new Intl.DateTimeFormat(locale, { ...form, timeZone }).format(new Date(moment));
  });
  return JSON.parse(filled);
}

/** Light and dark as in Teams. A button's words stand in one line there, whatever there is room for. */
function styleOf(width: number): string {
  const face = (file: string, weight: number) => {
    const bytes = readFileSync(join(FONTS, file)).toString("base64");
    return `@font-face { font-family: Inter; font-weight: ${weight}; src: url(data:font/ttf;base64,${bytes}) }`;
  };
  return `${face("Inter-Regular.ttf", 400)} ${face("Inter-SemiBold.ttf", 600)}
    :root { color-scheme: light dark; --page: light-dark(#f5f5f5, #1f1f1f);
      --default-back: light-dark(#fff, #292929); --emphasis-back: light-dark(#f5f5f5, #333);
      --warning-back: light-dark(#fff9f0, #3a2a10); --line: light-dark(#d1d1d1, #424242);
      --default: light-dark(#242424, #fff); --subtle: light-dark(#616161, #adadad);
      --accent: light-dark(#4f52b2, #a6aaff); --good: light-dark(#0e700e, #7ed07e);
      --attention: light-dark(#b10e1c, #f1a3aa); --brand: light-dark(#5b5fc7, #7f85f5) }
    body { margin: 8px; background: var(--page); font: 14px Inter }
    .card { box-sizing: border-box; width: ${width}px; margin-bottom: 12px; border: 1px solid var(--line);
      border-radius: 6px; background: var(--default-back); overflow: hidden }
    .ac-richTextBlock { overflow-wrap: break-word }
    .card a { color: var(--accent) }
    .card img { max-width: 100% }
    .ac-actionSet { flex-wrap: wrap; gap: 8px }
    .ac-pushButton { max-width: 100%; height: 32px; padding: 0 12px; overflow: hidden; text-overflow: ellipsis;
      white-space: nowrap; border: 1px solid var(--line); border-radius: 4px; background: var(--default-back);
      color: var(--default); font: 600 14px Inter }
    .ac-pushButton.style-positive { background: var(--brand); color: light-dark(#fff, #0f0f1f) }
    .ac-pushButton.style-destructive { border-color: var(--attention); color: var(--attention) }
    .ac-input { box-sizing: border-box; width: 100%; min-height: 32px; padding: 5px 10px; font: 14px Inter;
      border: 1px solid light-dark(#808080, #858585); border-radius: 4px; background: var(--default-back);
      color: var(--default) }`;
}
