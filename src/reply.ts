import type { DateTime } from "luxon";

/**
 * What the core answers: structure, never markup. A renderer turns each block into a platform's own form;
 * the terminal's is replies/plain.ts.
 */
export interface Reply {
  /** The answer itself in one line, complete enough for a phone's notification. Times in it are in the reader's zone. */
  title: string;
  blocks: Block[];
  /** `asker`: for the person who asked alone, whatever the setting. */
  audience: "everyone" | "asker";
  /** The message whose button was pressed is replaced by this one. */
  replacesPressed?: boolean;
}

/**
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
  | { kind: "buttons"; buttons: Button[] };

/** Where a fact stands: the document, the heading of its section, and the public address. */
export interface Citation {
  document: string;
  section: string;
  href: string;
}

/** A next move. Pressing it says `action` with `fields`; `says` is the same in words, to type. */
export interface Button {
  label: string;
  action: string;
  fields: Record<string, string>;
  says: string;
  style?: "primary" | "danger";
}
