import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
/** About 250 is the aim; a table may be a little longer. */
const MOST_LINES = 290;

interface File {
  path: string;
  text: string;
  /** Files of the project it imports, as paths from the root. */
  imports: string[];
  packages: string[];
}

const files = ["src", "adapters"].flatMap(readFolder);
const byPath = new Map(files.map((file) => [file.path, file]));

/** Words may know each other and the record. They are the language of the house, not one of its rooms. */
const WORDS = ["incoming", "reply", "decision", "ports", "settings"].map((name) => `src/${name}.ts`);
const RECORD = ["src/lifecycle/connector.ts", "src/criteria/evidence.ts"];
const TOOLS = ["src/kept-object.ts", "src/remembering.ts"];
const RULES = ["src/criteria/", "src/lifecycle/", "src/scheduling/", "src/secrets.ts", ...TOOLS];

/** What several platforms need, and none of them shapes. */
const SHARED = ["in-flight", "listening", "pace", "serving", "surely", "turns", "unhurried"].map(
  (name) => `adapters/${name}.ts`,
);

/** How what operators see looks at the store. */
const LOOKING = ["adapters/in-time.ts", "adapters/store-probe.ts"];

/** Who may import what. The first row that a file's path begins with is its own. */
const WALLS: [room: string, may: string[]][] = [
  ...WORDS.map((word): [string, string[]] => [word, [...WORDS, ...RECORD, ...TOOLS]]),
  ["src/criteria/", [...WORDS, ...RULES]],
  ["src/lifecycle/", [...WORDS, ...RULES]],
  ["src/scheduling/", [...WORDS, ...RULES]],
  ["src/secrets.ts", []],
  ...TOOLS.map((tool): [string, string[]] => [tool, []]),
  ["src/pictures/", [...WORDS, "src/scheduling/", "src/pictures/"]],
  ["src/questions/", [...WORDS, ...RULES, "src/questions/"]],
  ["src/replies/", [...WORDS, ...RULES, "src/questions/", "src/replies/"]],
  ["src/commands/", [...WORDS, ...RULES, "src/questions/", "src/replies/", "src/commands/"]],
  ["src/store/", [...WORDS, ...RECORD, ...TOOLS, "src/store/"]],
  ["src/clock.ts", WORDS],
  ["src/config.ts", []],
  ["src/log.ts", [...WORDS, "src/config.ts"]],
  ["src/calendar-file.ts", WORDS],
  ["src/files.ts", [...WORDS, "src/calendar-file.ts"]],
  ["src/", ["src/"]],
  ["adapters/start.ts", ["src/", "adapters/"]],
  ["adapters/serving-chats.ts", ["src/index.ts", "adapters/"]],
  ["adapters/usage.ts", []],
  [
    "adapters/chats.ts",
    ["src/index.ts", "adapters/in-flight.ts", "adapters/serving.ts", "adapters/slack/", "adapters/teams/"],
  ],
  ["adapters/metrics.ts", ["src/index.ts"]],
  ["adapters/in-time.ts", ["src/index.ts"]],
  ["adapters/operations.ts", ["src/index.ts", ...LOOKING, "adapters/metrics.ts", "adapters/serving.ts"]],
  ["adapters/alarm.ts", ["src/index.ts", ...LOOKING]],
  ["adapters/store-probe.ts", ["src/index.ts"]],
  ["adapters/moving.ts", ["src/index.ts", "src/store/move.ts"]],
  // It is handed the store's turns, and knows them by their type.
  ["adapters/pace.ts", ["src/index.ts", "adapters/in-flight.ts"]],
  ["adapters/unhurried.ts", ["src/index.ts", "adapters/in-flight.ts", "adapters/pace.ts"]],
  ["adapters/ticking.ts", ["src/index.ts", "adapters/in-time.ts"]],
  ["adapters/chooser.ts", ["src/index.ts"]],
  ["adapters/configured.ts", ["src/index.ts"]],
  ["adapters/picture-png.ts", []],
  ...SHARED.map((tool): [string, string[]] => [tool, []]),
  ["adapters/faces.ts", ["adapters/playground/", "adapters/slack/", "adapters/teams/"]],
  ["adapters/playground/", ["src/index.ts", ...SHARED, "adapters/playground/"]],
  ["adapters/slack/", ["src/index.ts", ...SHARED, "adapters/slack/"]],
  ["adapters/teams/", ["src/index.ts", ...SHARED, "adapters/teams/"]],
];

describe("the walls of the house", () => {
  it("has files to look at", () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each(files)("$path imports only what its room may", ({ path, imports }) => {
    const [, may = []] = WALLS.find(([room]) => path.startsWith(room)) ?? [];
    const forbidden = imports.filter((target) => !may.some((allowed) => target.startsWith(allowed)));
    expect(forbidden).toEqual([]);
  });

  it("lets only the store, start.ts and moving.ts reach the store", () => {
    const intruders = files.filter(
      ({ path, imports }) =>
        !path.startsWith("src/store/") &&
        !["adapters/start.ts", "adapters/moving.ts"].includes(path) &&
        imports.some((target) => target.startsWith("src/store/")),
    );
    expect(intruders.map(({ path }) => path)).toEqual([]);
  });

  it("lets only one file know the SDK of Teams, which Microsoft has archived", () => {
    const knowing = files.filter(({ packages }) =>
      packages.some((name) => /^bot(?:builder|framework)/.test(name)),
    );
    expect(knowing.map(({ path }) => path)).toEqual(["adapters/teams/index.ts"]);
  });

  it("has no cycles", () => {
    expect(files.flatMap(({ path }) => cycleThrough(path))).toEqual([]);
  });

  it("asks the time only in clock.ts, the environment only in config.ts, prints only in log.ts", () => {
    const rules: [pattern: RegExp, only: string[]][] = [
      [/\bDate\.now\(|new Date\(\)|DateTime\.(?:now|local|utc)\(\)|performance\.now/, ["src/clock.ts"]],
      [/process\.env/, ["src/config.ts"]],
      [/console\.|process\.std(?:out|err)|pino\(/, ["src/log.ts"]],
      [/\bset(?:Timeout|Interval|Immediate)\b/, ["src/store/patience.ts"]],
      [/Math\.random/, []],
    ];
    const broken = files
      .filter(({ path }) => path.startsWith("src/"))
      .flatMap(({ path, text }) =>
        rules
          .filter(([pattern, only]) => pattern.test(withoutComments(text)) && !only.includes(path))
          .map(([pattern]) => `${path}: ${pattern}`),
      );
    expect(broken).toEqual([]);
  });

  it("awaits only where the world is met", () => {
    const mayAwait = [
      "src/assistant.ts",
      "src/conversation.ts",
      "src/deciding.ts",
      "src/inquiry.ts",
      "src/listing.ts",
      "src/noting.ts",
      "src/sending-digests.ts",
      "src/sending.ts",
      "src/telling.ts",
      "src/tick.ts",
      "src/workspace.ts",
      "src/store/",
    ];
    const awaiting = files.filter(
      ({ path, text }) =>
        path.startsWith("src/") &&
        /\bawait\b|\basync\b/.test(withoutComments(text)) &&
        !mayAwait.some((one) => path.startsWith(one)),
    );
    expect(awaiting.map(({ path }) => path)).toEqual([]);
  });

  it("needs no package in the rules but luxon, zod, chrono-node, fastest-levenshtein and the holidays", () => {
    const allowed = ["luxon", "zod", "chrono-node", "fastest-levenshtein", "@18f/us-federal-holidays"];
    const rooms = [
      "src/criteria/",
      "src/lifecycle/",
      "src/scheduling/",
      "src/pictures/",
      "src/replies/",
      "src/commands/",
    ];
    const strangers = files
      .filter(({ path }) => rooms.some((room) => path.startsWith(room)))
      .flatMap(({ path, packages }) =>
        packages.filter((name) => !allowed.includes(name)).map((name) => `${path}: ${name}`),
      );
    expect(strangers).toEqual([]);
  });

  it("needs beside them only a stemmer, and Node's own files and compression, to understand questions", () => {
    const allowed = ["stemmer", "zod", "luxon", "fastest-levenshtein", "node:fs", "node:zlib"];
    const strangers = files
      .filter(({ path }) => path.startsWith("src/questions/"))
      .flatMap(({ path, packages }) =>
        packages.filter((name) => !allowed.includes(name)).map((name) => `${path}: ${name}`),
      );
    expect(strangers).toEqual([]);
  });

  it("knows how a calendar file is written only in calendar-file.ts", () => {
    const knowing = files.filter(({ packages }) => packages.includes("ical-generator"));
    expect(knowing.map(({ path }) => path)).toEqual(["src/calendar-file.ts"]);
  });

  it(`keeps every file within ${MOST_LINES} lines`, () => {
    const long = files.filter(({ text }) => text.split("\n").length > MOST_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});

function readFolder(folder: string): File[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const path = join(folder, name).replaceAll("\\", "/");
      const text = readFileSync(join(ROOT, path), "utf8");
      const targets = [...text.matchAll(/^(?:import|export|\}) ?(?:[^"]* from )?"([^"]+)";$/gm)].flatMap(
        (match) => match[1] ?? [],
      );
      return {
        path,
        text,
        imports: targets
          .filter((target) => target.startsWith("."))
          .map((target) => relative(ROOT, resolve(ROOT, dirname(path), target)).replaceAll("\\", "/")),
        packages: targets.filter((target) => !target.startsWith(".")),
      };
    });
}

function cycleThrough(start: string): string[] {
  const seen = new Set<string>();
  const open = [...(byPath.get(start)?.imports ?? [])];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === start) return [`${start} reaches itself`];
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(byPath.get(path)?.imports ?? []));
  }
  return [];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}
