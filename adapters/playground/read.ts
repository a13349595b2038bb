import { DateTime, IANAZone } from "luxon";
import { z } from "zod";
import { readDuration } from "../../src/index.ts";

/** Far enough for every rule, near enough for every date that a reply computes. */
const YEARS = { from: 2020, to: 2049 };
const CLOCK_RANGE = `The playground's clock goes from ${YEARS.from} to ${YEARS.to}.`;

const DEFAULT_PERSON = "you";
const DEFAULT_CONVERSATION = "main";

const MAX_NAME = 80;
const MAX_ACTION = 200;
const MAX_FIELDS = 50;
const NAME_RULE = `must be text of 1 to ${MAX_NAME} characters, without control characters`;

const name = z
  .string(NAME_RULE)
  .max(MAX_NAME, NAME_RULE)
  .regex(/^(?!\s*$)\P{Cc}+$/u, NAME_RULE)
  .refine((text) => text.isWellFormed(), NAME_RULE);
const conversation = name.default(DEFAULT_CONVERSATION);
const person = name.default(DEFAULT_PERSON);

const ZONE_RULE = "must be an IANA time zone, such as Europe/Berlin";
const zone = z
  .string(ZONE_RULE)
  .refine((text) => IANAZone.isValidZone(text), ZONE_RULE)
  .optional();
/** Who says it, and where. */
const by = { person, conversation, zone };

const MOMENT_RULE = "must be a moment in ISO form, such as 2026-11-03T09:15-08:00";
const moment = z.string(MOMENT_RULE).transform((text, context) => {
  const at = DateTime.fromISO(text, { setZone: true });
  // A day alone is no moment.
  if (at.isValid && /^\d{4}-\d\d-\d\dT\d\d/i.test(text)) return at;
  context.addIssue(MOMENT_RULE);
  return z.NEVER;
});

const FIELDS_RULE = `must be an object of at most ${MAX_FIELDS} texts`;
const Press = z.strictObject(
  {
    action: z.string("must be a string").min(1, "must not be empty").max(MAX_ACTION, "is too long"),
    fields: z
      .record(z.string(), z.string("must be a string"), FIELDS_RULE)
      .refine((fields) => Object.keys(fields).length <= MAX_FIELDS, FIELDS_RULE)
      .default({}),
  },
  { error: unlessUnknownKeys("must be an object with an action and its fields") },
);

const object = { error: unlessUnknownKeys("The body must be a JSON object") };

/** POST /playground/messages */
export const MessageBody = z
  .strictObject(
    {
      text: z.string("must be a string").optional(),
      press: Press.optional(),
      ...by,
      now: moment.optional(),
    },
    object,
  )
  .refine(({ text, press }) => (text === undefined) !== (press === undefined), {
    error: "Send either text or press",
    when: ({ issues }) => issues.length === 0,
  });
export type MessageBody = z.infer<typeof MessageBody>;

/** POST /playground/presses/<platform>: `payload` is read by the platform itself. */
export const PlatformPressBody = z.strictObject(
  {
    payload: z.unknown().optional(),
    label: z.string("must be a string"),
    ...by,
  },
  object,
);

/** POST /playground/clock */
export const ClockBody = z
  .strictObject({ push: z.string("must be a string").optional(), now: moment.optional() }, object)
  .refine(({ push, now }) => (push === undefined) !== (now === undefined), {
    error: "Send either push or now",
    when: ({ issues }) => issues.length === 0,
  });

/** POST /playground/example */
export const ExampleBody = z.strictObject(by, object);

/** POST /playground/reset */
export const EmptyBody = z.strictObject({}, object);

/** GET /playground/events */
export const EventsQuery = z.object({ conversation, after: z.string().optional() });

/** @returns what a body holds, or one sentence on the first thing that is wrong with it */
export function readBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): { body: z.infer<Schema> } | { problem: string } {
  const read = schema.safeParse(body);
  return read.success ? { body: read.data } : { problem: sentenceOf(read.error) };
}

/** Where the clock shall be put, or why it can't be. */
export function readClock(
  { push, now }: z.infer<typeof ClockBody>,
  current: DateTime,
): { at: DateTime } | { problem: string } {
  if (now) return readInRange(now);
  const length = readDuration(push ?? "");
  if (length === undefined)
    return { problem: "push must be a length of time of at most 400 days, such as 3d, 4 h or 90 min." };
  return readInRange(current.plus(length));
}

/** A moment that the clock can be put to, or why it can't. */
export function readInRange(at: DateTime): { at: DateTime } | { problem: string } {
  const { year } = at.toUTC();
  return year >= YEARS.from && year <= YEARS.to ? { at } : { problem: CLOCK_RANGE };
}

function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue?.path.map(shortened).join(".") ?? "";
  if (issue?.code === "unrecognized_keys") {
    return `${where === "" ? "The body" : where} has a field that is not known here: ${shortened(issue.keys[0] ?? "")}.`;
  }
  return `${where === "" ? "" : `${where} `}${issue?.message}.`;
}

function shortened(key: PropertyKey): string {
  const text = String(key).toWellFormed();
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function unlessUnknownKeys(rule: string): (issue: { code?: string }) => string | undefined {
  return ({ code }) => (code === "unrecognized_keys" ? undefined : rule);
}
