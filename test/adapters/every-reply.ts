import { type Address, COMMAND_NAMES, COMMANDS, type CommandName, type Reply } from "../../src/index.ts";
import {
  buttonsOf,
  type House,
  NAME,
  openHouse,
  openHouseAt,
  openHouseWith,
  type Sent,
  type Stage,
  sasUri,
  TO,
} from "../support.ts";

/** The life of a connector, and everything that can be asked on the way. `*` stands for its name. */
const LIFE: [at: string, command: CommandName | "none", line: string][] = [
  ["2026-11-03T09:15", "hello", "hi"],
  ["2026-11-03T09:15", "help", "help"],
  ["2026-11-03T09:15", "help", "help mark"],
  ["2026-11-03T09:15", "list", "list"],
  ["2026-11-03T09:15", "eta", "eta if go-live friday"],
  ["2026-11-03T09:15", "none", "what is love"],
  ["2026-11-03T09:15", "track", "track"],
  ["2026-11-03T09:15", "track", "track *"],
  ["2026-11-03T09:15", "track", "track *"],
  ["2026-11-03T09:15", "next", "next *"],
  ["2026-11-03T09:15", "done", "done * account"],
  ["2026-11-03T09:15", "done", "done * oauth"],
  ["2026-11-03T09:15", "done", "done * categories Sales, CRM, Data, Productivity"],
  ["2026-11-03T09:15", "track", "track Fabrikam Orders"],
  ["2026-11-03T09:15", "done", `done Fabrikam Orders sas-uri ${sasUri("2026-11-24T09:00")}`],
  ["2026-11-03T09:15", "status", "status *"],
  ["2026-11-03T09:15", "window", "window *"],
  ["2026-11-03T09:15", "forecast", "forecast *"],
  ["2026-11-03T09:15", "mark", "mark *"],
  ["2026-11-03T09:15", "mark", "mark * submitted 2026-12-01"],
  ["2026-11-04T10:00", "next", "next *"],
  ["2026-11-04T10:00", "mark", "mark * submitted"],
  ["2026-11-06T10:30", "status", "status *"],
  ["2026-11-06T10:30", "mark", "mark * report-failed"],
  ["2026-11-06T10:30", "status", "status *"],
  ["2026-11-06T11:30", "mark", "mark * submitted"],
  ["2026-11-09T10:00", "mark", "mark * report-passed"],
  ["2026-11-09T11:00", "window", "window *"],
  ["2026-11-09T11:00", "eta", "eta * Germany if go-live tomorrow"],
  ["2026-11-09T11:00", "reminders", "reminders *"],
  ["2026-11-09T11:00", "reminders", "reminders * here"],
  ["2026-11-09T11:00", "follow", "follow * deadlines"],
  ["2026-11-09T11:00", "unfollow", "unfollow *"],
  ["2026-11-09T11:00", "following", "following"],
  ["2026-11-09T11:00", "failed", "reminders failed"],
  ["2026-11-09T11:00", "digest", "digest"],
  ["2026-11-09T11:00", "calendar", "calendar *"],
  // The link expires, and everything again.
  ["2026-11-14T10:00", "status", "status *"],
  ["2026-11-14T10:00", "window", "window *"],
  ["2026-11-14T11:00", "mark", "mark * submitted"],
  ["2026-11-17T10:00", "mark", "mark * report-passed"],
  ["2026-11-17T11:00", "done", "done * test"],
  ["2026-11-18T15:00", "mark", "mark * go-live"],
  ["2026-11-18T15:00", "mark", "mark * start 2026-11-01"],
  ["2026-11-18T15:00", "status", "status *"],
  ["2026-11-24T12:00", "eta", "eta * UK"],
  ["2026-11-24T12:00", "eta", "eta * Atlantis"],
  ["2026-11-24T12:00", "list", "list"],
  ["2026-11-24T12:00", "evidence", "evidence *"],
  ["2026-11-24T12:00", "ready", "ready *"],
  ["2026-11-24T12:00", "evidence", "evidence * availability=99.97 slo=99.6 users=510,530,505"],
  ["2026-11-24T12:00", "evidence", "evidence * availability=lots"],
  ["2026-11-24T12:00", "evidence", "evidence * responses=2xx:900,4xx:240,429:10 connections=4"],
  ["2026-11-24T12:00", "ready", "ready *"],
  ["2026-11-24T12:00", "request", "request *"],
  ["2026-11-24T12:00", "evidence", "evidence * responses=2xx:900,4xx:40 backend=yes support=yes"],
  ["2026-12-18T09:00", "mark", "mark * all-regions"],
  ["2026-12-18T09:00", "status", "status *"],
  ["2026-12-18T09:00", "ready", "ready *"],
  // Only after the reminders about six months in preview.
  ["2027-06-20T09:00", "request", "request * GCC DoD=https://api.contoso.us"],
  ["2027-06-20T09:00", "mark", "mark * ga-requested"],
  ["2027-08-01T09:00", "mark", "mark * ga"],
  ["2027-08-01T09:00", "status", "status * history"],
  ["2027-08-01T09:00", "calendar", "calendar *"],
  ["2027-08-01T09:00", "mark", "mark * update"],
  ["2027-08-01T09:00", "status", "status *"],
  ["2027-08-01T09:00", "rename", "rename *"],
  ["2027-08-01T09:00", "rename", "rename * to Contoso Sales [beta]"],
  ["2027-08-01T09:00", "undo", "undo Contoso Sales [beta]"],
  ["2027-08-01T09:00", "reminders", "reminders * mute"],
  ["2027-08-01T09:00", "settings", "settings"],
  ["2027-08-01T09:00", "settings", "settings zone Nowhere"],
  ["2027-08-01T09:00", "settings", "settings freeze add 2027-12-21 to 2028-01-04 year end"],
  ["2027-08-01T09:00", "settings", "settings freeze"],
  ["2027-08-01T09:00", "settings", "settings remind test-link 24 4"],
  ["2027-08-01T09:00", "export", "export"],
  ["2027-08-01T09:00", "untrack", "untrack *"],
  ["2027-08-01T09:00", "forget", "forget"],
];

/** When people want to hear something: shown, set, and wrongly said. */
const HOURS = [
  "settings quiet",
  "settings quiet 8pm to 8am",
  "settings quiet off",
  `settings quiet ${"in the small hours ".repeat(9)}to ${"some time later ".repeat(9)}`,
  "settings quiet 8-8",
  "settings quiet default",
  "settings days",
  "settings days sun, mon and wed",
  "settings days all",
  `settings days ${"never ".repeat(80)}`,
  "settings days default",
  "settings digest",
  "settings digest friday 3pm",
  `settings digest ${"someday ".repeat(40)}`,
  "settings zone Europe/Berlin",
  "settings",
  "settings digest off",
];

/** More connectors than any list shows. */
const MANY = 18;
/** As long as a word of theirs may be that a phone shows in one line. */
const REFUSED = "restricted_action_read_only_channel";

/** Asked at every stage. */
const QUESTIONS: CommandName[] = [
  ...(["status", "next", "forecast", "eta", "window", "ready", "request"] as const),
  ...(["reminders", "calendar"] as const),
];

const STAGES = Object.keys(TO) as Stage[];

/** A reply with what was said to get it. Nothing was said for a reminder. */
export interface Told {
  command: CommandName | "none" | "reminder";
  line: string;
  reply: Reply;
}

/** What the product answers over the whole life of a connector of that name, and what it says unasked. */
export async function lifeOf(name: string): Promise<Told[]> {
  const house = await openHouse({ zone: "Europe/Berlin" });
  const told: Told[] = [];
  for (const [at, command, pattern] of LIFE) {
    told.push(...(await house.wait(at)).map(reminder));
    const line = pattern.replace("*", () => name);
    told.push({ command, line, reply: await house.say(line) });
  }
  if (!told.some(({ reply }) => reply.title.includes("Now following"))) throw new Error(`no life: ${name}`);
  return told;
}

/** Worked out in the first test that asks. */
let known: Told[] | undefined;

/** A whole life, what is answered at every stage and to each button, and to every command, well said, half said and wrongly. */
export async function everyReply(): Promise<Told[]> {
  known ??= await tellAll();
  return known;
}

async function tellAll(): Promise<Told[]> {
  const told = await lifeOf(NAME);
  const nothing = await openHouse();
  for (const line of ["following", "failed", "digest"] as const) told.push(await ask(nothing, line, line));
  for (const stage of STAGES) told.push(...(await answersAt(stage)), ...(await pressesAt(stage)));
  const empty = await openHouse();
  const followed = `mark ${NAME} go-live 2026-11-02 12:00 already`;
  const house = await openHouseWith(NAME, ["track Contoso Sales", followed]);
  told.push({
    command: "track",
    line: "[track]",
    reply: await house.press({ action: "track", fields: {} }),
  });
  for (const command of COMMAND_NAMES)
    told.push(...(await answersTo(command, empty)), ...(await answersTo(command, house)));
  for (const line of HOURS) told.push(await ask(house, "settings", line));
  told.push(...(await answersOnMany()));
  return told;
}

/** Where many connectors of the longest names are followed by a channel, some of them in silence, and nothing can be delivered. */
async function answersOnMany(): Promise<Told[]> {
  const house = await openHouse({ deliver: () => ({ kind: "never", why: REFUSED }) });
  const names = Array.from({ length: MANY }, (_, index) =>
    `${index} ${"Very Long Name ".repeat(9)}`.slice(0, 90),
  );
  const inChannel = async (command: CommandName, line: string): Promise<Told> => {
    const where = "slack:T1/C-releases/U-bo" as Address;
    const reply = await house.answer({ said: { kind: "text", text: line }, where, setting: "shared" });
    if (!reply) throw new Error("no answer");
    return { command, line, reply };
  };
  for (const name of names) await house.sayAll(`track ${name}`, `mark ${name} submitted`);
  await house.wait("2026-11-05T10:00");
  for (const name of names) await house.say(`mark ${name} report-passed`);
  const told: Told[] = [];
  for (const [index, name] of names.entries()) {
    told.push(await inChannel("follow", `follow ${name}${index % 2 ? " deadlines" : ""}`));
    if (index % 3 === 1) await house.say(`reminders ${name} mute`);
    if (index % 3 === 2) await house.say(`reminders ${name} snooze 30h`);
  }
  told.push(await inChannel("following", "following"), await ask(house, "following", "following"));
  await house.wait("2026-11-13T10:00");
  for (const line of ["failed", "digest", "list", "settings"] as const)
    told.push(await ask(house, line, line), await inChannel(line, line));
  const [name = ""] = names;
  told.push(await ask(house, "status", `status ${name}`), await ask(house, "reminders", `reminders ${name}`));
  return told;
}

async function answersAt(stage: Stage): Promise<Told[]> {
  const house = await openHouseAt(stage, { zone: "Europe/Berlin" });
  const told: Told[] = [];
  for (const command of QUESTIONS) told.push(await ask(house, command, `${command} ${NAME}`));
  told.push(...(await house.wait("60d")).map(reminder));
  told.push(await ask(house, "status", `status ${NAME} history`));
  told.push(await ask(house, "reminders", `reminders ${NAME}`));
  return told;
}

async function pressesAt(stage: Stage): Promise<Told[]> {
  const told: Told[] = [];
  for (const question of ["status", "next", "reminders"]) {
    const house = await openHouseAt(stage);
    for (const button of buttonsOf(await house.say(`${question} ${NAME}`)))
      told.push({ command: "none", line: `[${button.label}]`, reply: await house.press(button) });
  }
  return told;
}

async function answersTo(command: CommandName, house: House): Promise<Told[]> {
  const { words, examples } = COMMANDS[command];
  const named = [`${command} ${NAME}`, `${command} ${NAME} ???`, `${command} nobody`];
  const told: Told[] = [];
  for (const line of [...words, ...examples, ...named]) told.push(await ask(house, command, line));
  return [...told, await ask(house, "help", `help ${command}`)];
}

async function ask(house: House, command: CommandName, line: string): Promise<Told> {
  return { command, line, reply: await house.say(line) };
}

function reminder({ reply }: Sent): Told {
  return { command: "reminder", line: "", reply };
}
