import { calendarText } from "./calendar-file.ts";
import type { ReplyFile } from "./reply.ts";

/** A file as it is saved or sent. `type` as in HTTP's Content-Type. */
export interface WrittenFile {
  name: string;
  type: string;
  text: string;
}

export function writtenFile(file: ReplyFile): WrittenFile {
  const { name } = file;
  return "json" in file
    ? { name, type: "application/json; charset=utf-8", text: `${JSON.stringify(file.json, null, 2)}\n` }
    : { name, type: "text/calendar; charset=utf-8", text: calendarText(file) };
}
