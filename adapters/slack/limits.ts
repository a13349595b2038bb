/**
 * What Slack takes in a message; more of anything and it refuses the whole message. Counts are UTF-16 units. Documented with
 * each block and element, but for the last two groups.
 */
export const LIMITS = {
  blocks: 50,
  /** A second table is refused (`only_one_table_allowed`). */
  tables: 1,
  tableRows: 100,
  tableColumns: 20,
  actions: 25,
  textObject: 3000,
  altText: 2000,
  url: 3000,
  actionId: 255,
  blockId: 255,
  buttonText: 75,
  buttonValue: 2000,
  options: 100,
  optionText: 75,
  optionValue: 75,
  inputLabel: 2000,
  inputHint: 2000,
  inputValue: 3000,
  /** Of a modal: its title and its buttons. */
  modalTitle: 24,
  /** What a modal carries unseen. */
  metadata: 3000,

  /**
   * Undocumented: the text of all blocks together (`msg_blocks_too_long`). Others measured about 13,200 with an unknown
   * cost for each block, and a refusal at 11,300 (slackapi/bolt-js issues 2509 and 2867); this keeps well away from it.
   */
  messageText: 9000,
  blockCost: 100,

  /** The text beside the blocks, in bytes of UTF-8: beyond 4,000 Slack may refuse an edit, and splits or cuts elsewhere. */
  topText: 4000,
} as const;

/** How much of a thing is shown before "… and N more": ours, for a reader with a phone. */
export const SHOWN = {
  /** With less room a part is left out rather than cut to a few words. */
  least: 400,
  headline: 600,
  text: 3000,
  line: 800,
  lines: 30,
  cell: 300,
  buttons: 5,
  /** Buttons told in words. */
  typed: 10,
  /** Points of a line of stages, as dots and by name. */
  points: 15,
  /** Letters of a name in it. */
  pointName: 60,
} as const;
