import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type CalendarFile, calendarText } from "../../src/index.ts";

/** So many files of one name are stepped over. */
const MOST_TRIES = 20;

/**
 * Saves a calendar file in a folder: over an earlier file of the same connector, never over anything else.
 *
 * @returns the path it was saved at, or why it could not be: a sentence
 */
export async function saveCalendar(
  file: CalendarFile,
  folder: string,
): Promise<{ path: string } | { problem: string }> {
  const text = calendarText(file);
  for (let number = 1; number <= MOST_TRIES; number += 1) {
    const path = resolve(folder, `${file.name}${number === 1 ? "" : `-${number}`}.ics`);
    try {
      await writeFile(path, text, { flag: (await isOurs(path, text)) ? "w" : "wx" });
      return { path };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "EEXIST") return { problem: `The calendar file could not be saved as ${path} (${code}).` };
    }
  }
  return { problem: `The calendar file was not saved: other files are called ${file.name}.ics already.` };
}

/** What stands before the first event names who made it and for which connector. */
async function isOurs(path: string, text: string): Promise<boolean> {
  const headOf = (calendar: string) => calendar.slice(0, calendar.indexOf("BEGIN:VEVENT"));
  const there = await readFile(path, "utf8").catch(() => "");
  return there !== "" && headOf(there) === headOf(text);
}
