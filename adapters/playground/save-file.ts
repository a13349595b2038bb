import { readFile, writeFile } from "node:fs/promises";
import { parse, resolve } from "node:path";
import { type ReplyFile, type WrittenFile, writtenFile } from "../../src/index.ts";

/** So many files of one name are stepped over. */
const MOST_TRIES = 20;

/**
 * Saves a file in a folder: a calendar over an earlier one of the same connector, never over anything else.
 *
 * @returns the path it was saved at, or why it could not be: a sentence
 */
export async function saveFile(
  file: ReplyFile,
  folder: string,
): Promise<{ path: string } | { problem: string }> {
  const written = writtenFile(file);
  const { name, ext } = parse(written.name);
  for (let number = 1; number <= MOST_TRIES; number += 1) {
    const path = resolve(folder, `${name}${number === 1 ? "" : `-${number}`}${ext}`);
    try {
      await writeFile(path, written.text, { flag: (await mayReplace(path, written)) ? "w" : "wx" });
      return { path };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "EEXIST") return { problem: `The file could not be saved as ${path} (${code}).` };
    }
  }
  return { problem: `The file was not saved: others are called ${written.name} already.` };
}

/** What stands in a calendar before its first event names who made it and for which connector. */
async function mayReplace(path: string, { text }: WrittenFile): Promise<boolean> {
  const headOf = (calendar: string) => calendar.slice(0, calendar.indexOf("BEGIN:VEVENT"));
  const there = await readFile(path, "utf8").catch(() => "");
  return there.startsWith("BEGIN:VCALENDAR") && headOf(there) === headOf(text);
}
