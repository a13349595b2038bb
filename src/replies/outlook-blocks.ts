import type { Block, Spans } from "../reply.ts";
import type { Outlook } from "./outlook.ts";
import { settled, sources } from "./parts.ts";
import { remarkBlocks } from "./remarks.ts";

/** Next, by when, and what if it is missed, as rows of facts. */
export function outlookRows({ next, byWhen, missed }: Outlook): [label: string, value: Spans][] {
  return [
    ["Next", next],
    ["By when", byWhen],
    ["If missed", missed],
  ];
}

/** On what the outlook rests: our reading, what endangers the dates, the sources. */
export function outlookNotes({ reading, remarks = [], citations }: Outlook): Block[] {
  return [...(reading ? [settled(reading)] : []), ...remarkBlocks(remarks), sources(...citations)];
}
