/** What Teams takes in a card; more of it and the card is refused or shown in part. */
export const LIMITS = {
  /** Of the card's JSON in UTF-8. Teams refuses a message at about 100 KB; below 25 it is also quick on a phone. */
  cardBytes: 25_000,
  /** Buttons in a card altogether; Teams leaves out those after the sixth. */
  actions: 6,
} as const;

/** How much of a thing is taken into a card: ours, so that one of them can't fill it alone. */
export const TAKEN = {
  /** Characters of the text for the notification. */
  headline: 500,
  /** Characters of a button's title, an input's label, a choice. */
  title: 80,
  /** Characters of a hint in an input's box; a phone shows no more. Longer ones stand below. */
  hint: 35,
  /** Bytes of a button's fields; they are sent twice, the second time for clients that don't know Action.Execute. */
  fieldBytes: 600,
  /** Buttons told in words, and characters of such words. */
  typed: 12,
  says: 200,
  /** Characters of a value that is filled in for the reader. */
  value: 500,
  choices: 50,
  formBytes: 10_000,
  alt: 1000,
  columns: 6,
} as const;

/** How much is shown before "… and N more". Counts are characters, but for `rows` and `blocks`. */
export interface Room {
  /** Of a text that is there to be copied. */
  copy: number;
  /** Of a table, a list, facts, criteria, points and sources. */
  rows: number;
  /** Of one text: a paragraph, a cell, the headline. */
  text: number;
  blocks: number;
  /** Of the text for clients that can't show the card. */
  fallback: number;
}

export const ROOMIEST: Room = { copy: 12_000, rows: 60, text: 1500, blocks: 40, fallback: 4000 };

/** What gives way first where a card gets too big; the last two steps are for replies that the product does not make. */
const STEPS: Partial<Room>[] = [
  { fallback: 1500 },
  { copy: 6000 },
  { copy: 1000, rows: 6, text: 200, blocks: 12 },
  { rows: 1, text: 60, blocks: 0, fallback: 200 },
];

/** Less room, step by step. The last fits whatever a reply holds: of what can be read, only the headline's words are left. */
export const TIGHTER: Room[] = STEPS.map((_, index) =>
  Object.assign({}, ROOMIEST, ...STEPS.slice(0, index + 1)),
);
