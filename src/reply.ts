import type { DateTime } from "luxon";

/**
 * What the core answers: structure, never markup. A renderer turns each block into a platform's own form;
 * the terminal's is replies/plain.ts.
 */
export interface Reply {
  /** The answer itself in one line, complete enough for a phone's notification. */
  headline: Spans;
  /** The headline as plain text, its times in the zone of the one who asked: for programs, and where spans can't be shown. */
  title: string;
  blocks: Block[];
  /** `asker`: for the person who asked alone, whatever the setting. */
  audience: "everyone" | "asker";
  /** Something has changed: a message whose button was pressed is replaced by this one. */
  changed?: true;
  /** A screen brought up to date, or turned to another page: it too takes the place of the one whose button was pressed. */
  turned?: true;
  /** What shows this again, to whoever presses it, and changes nothing; absent: there is nothing to show to others. */
  again?: Pressed;
}

/**
 * `person`: someone who is to be told, so platforms notify them; who is only spoken of is a plain string.
 * `time`: an instant; its own zone is the reader's, and `pacific` says that Microsoft's zone must stand beside it.
 * `bold`, plain strings and names are a person's or our words: to be escaped, never read as markup.
 */
export type Span =
  | string
  | { bold: string }
  | { link: string; href: string }
  | { person: string; id: string }
  | { time: DateTime; pacific?: boolean };

export type Spans = Span[];

export type Mark = "done" | "now" | "ahead";

export type Block =
  | { kind: "text"; spans: Spans }
  /** Label and value, one line each. */
  | { kind: "facts"; facts: { label: string; value: Spans }[] }
  | { kind: "list"; heading?: string; items: Spans[] }
  /** Where something is on a line of stages, steps or waves. */
  | { kind: "progress"; label: string; points: { name: string; mark: Mark }[] }
  | { kind: "table"; columns: string[]; rows: { mark?: Mark; cells: Spans[] }[] }
  /** Criteria: what is measured, how it stands, and against which bar. `share` is how full a bar is drawn, 0 to 1. */
  | {
      kind: "criteria";
      items: { name: string; state: "met" | "unmet" | "unknown"; spans: Spans; share?: number }[];
    }
  /** Text to copy exactly as it stands. */
  | { kind: "copy"; label: string; text: string }
  /** A settled reading, an assumption or a report: small print that must not be mistaken for Microsoft's words. */
  | { kind: "note"; sort: "settled" | "reported" | "warning"; spans: Spans }
  | { kind: "sources"; sources: Citation[] }
  | { kind: "buttons"; buttons: Button[] }
  /** Something to look at rather than read; the blocks beside it hold the same in words. `alt` is the picture in a sentence or two. */
  | { kind: "picture"; picture: Timeline; alt: string }
  /** `label` names what is fetched. */
  | { kind: "file"; label: string; file: ReplyFile }
  | { kind: "form"; form: Form };

/** Days are ISO dates, Pacific, both ends included. Holds our own words only, never a person's. */
export interface Timeline {
  heading: string;
  from: string;
  to: string;
  today: string;
  closed: { from: string; to: string; sort: "weekend" | "holiday" | "freeze"; name: string }[];
  /** One line each: a day, or from the earliest day to the latest. */
  rows: { label: string; from: string; to: string; mark: Mark }[];
}

/** As data; `writtenFile` in files.ts writes it. `name` is safe on every file system, and has its ending. */
export type ReplyFile = CalendarFile | JsonFile;

/** Whatever is kept, for a copy of one's own. */
interface JsonFile {
  name: string;
  json: object;
}

/** Dates for a calendar program. */
export interface CalendarFile {
  name: string;
  /** What the calendar is called. */
  calendar: string;
  madeAt: DateTime;
  events: CalendarEvent[];
}

/** `id`: the same event always has the same, so that a newer file moves it. Days are ISO dates, both ends included. */
export interface CalendarEvent {
  id: string;
  title: string;
  details: string;
  when: { at: DateTime } | { from: string; to: string };
}

/** Submitting it says `action` with `fields` and what was filled in, by the ids of the inputs. */
export interface Form extends Pressed {
  label: string;
  submit: string;
  inputs: Input[];
}

/**
 * `value`: what is known or was typed before. `problem`: why that was not taken. A `moment` is a date and a time in the
 * reader's zone, said as text that `readWhen` understands.
 */
export interface Input {
  id: string;
  label: string;
  sort: "text" | "moment" | "choice";
  /** For a `choice`. */
  options?: { value: string; label: string }[];
  value?: string;
  hint?: string;
  isOptional?: true;
  problem?: string;
}

/** Where a fact stands: the document, the heading of its section, and the public address. */
export interface Citation {
  document: string;
  section: string;
  href: string;
}

/** What a press says. */
export interface Pressed {
  action: string;
  fields: Record<string, string>;
}

/** A next move. `says` is the same in words, to type. */
export interface Button extends Pressed {
  label: string;
  says: string;
  style?: "primary" | "danger";
}
