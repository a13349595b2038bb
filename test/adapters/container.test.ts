import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig, readModelConfig, readSlackConfig, readTeamsConfig } from "../../src/config.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (name: string) => readFileSync(join(ROOT, name), "utf8");
const dockerfile = read("Dockerfile");
const compose = read("compose.yaml");
const docs = read("docs/operating.md");

/** What the program reads from its environment. */
const KNOWN = new Set(read("src/config.ts").match(/\b(?:[A-Z]+(?:_[A-Z]+)*|MicrosoftApp\w+)\b/g));
/** Everything between the instruction and the next one, for each of its uses. */
function uses(instruction: string): string[] {
  return [...dockerfile.matchAll(new RegExp(`^ *${instruction} ((?:.*\\\\\\n)*.*)$`, "gm"))].map(([, use]) =>
    (use ?? "").replaceAll("\\\n", " "),
  );
}

/** The names with values that the program gets in compose.yaml. */
function composed(): Map<string, string> {
  const [, block = ""] = /^ {2}environment:\n((?: {4}.*\n)+)/m.exec(compose) ?? [];
  return new Map(
    [...block.matchAll(/^ {4}(\w+): (.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}

describe("The image", () => {
  it("is made of files that exist, and of none that only developers need", () => {
    const sources = uses("COPY")
      .filter((use) => !use.startsWith("--from"))
      .flatMap((use) => use.split(/\s+/).slice(0, -1));
    expect(sources).toEqual(expect.arrayContaining(["package.json", "package-lock.json", "src", "adapters"]));
    for (const source of sources) expect(existsSync(join(ROOT, source)), source).toBe(true);
    for (const dev of ["test", "bench", ".git", "."]) expect(sources).not.toContain(dev);
    const sent = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    expect(new Set(sent)).toEqual(new Set(sources));
  });

  it("starts the program that npm start does, as nobody in particular", () => {
    const { scripts, engines } = JSON.parse(read("package.json"));
    expect(uses("CMD").at(-1)).toBe('["node", "adapters/start.ts"]');
    expect(scripts.start).toBe("node adapters/start.ts");
    expect(uses("USER")).toEqual(["node"]);
    expect(dockerfile.indexOf("USER node")).toBeLessThan(dockerfile.lastIndexOf("CMD"));
    for (const image of uses("FROM"))
      expect(Number(/^node:(\d+)-/.exec(image)?.[1])).toBeGreaterThanOrEqual(
        Number(/\d+/.exec(engines.node)),
      );
  });

  it("sets variables that the program knows, to values that it takes, and no secret", () => {
    const set = new Map(
      uses("ENV").flatMap((use) => use.split(/\s+/).map((pair) => pair.split("=") as [string, string])),
    );
    set.delete("NODE_ENV");
    expect([...set.keys()].filter((name) => !KNOWN.has(name))).toEqual([]);
    expect(readConfig(Object.fromEntries(set))).toMatchObject({
      port: Number(uses("EXPOSE")[0]),
      host: "0.0.0.0",
    });
    expect(dockerfile).not.toMatch(/TOKEN|SECRET|PASSWORD|_KEY/i);
  });

  it("looks after its health at a path that exists", () => {
    const [path] = /\/\w+`/.exec(uses("HEALTHCHECK").join()) ?? [];
    expect(read("adapters/operations.ts")).toContain(`"${path?.slice(0, -1)}"`);
  });
});

describe("compose.yaml", () => {
  it("gives the program all the credentials it knows, by their names", () => {
    const names = [...composed().keys()];
    expect(names.filter((name) => !KNOWN.has(name))).toEqual([]);
    const credentials = [...KNOWN].filter((name) =>
      /^(?:SLACK_|MicrosoftApp|SHEPHERD_|ALERT_|REMINDERS_)/.test(name),
    );
    // It goes to the real Slack.
    expect(credentials.filter((name) => !names.includes(name))).toEqual(["SLACK_API_URL"]);
  });

  it("holds no secret: each value is a default, or comes from outside by the same name", () => {
    for (const [name, value] of composed()) {
      if (name === "DATABASE_URL")
        expect(value).toMatch(/^postgres:\/\/shepherd:\$\{POSTGRES_PASSWORD\}@database:/);
      else expect(value).toMatch(new RegExp(`^\\$\\{${name}:-(?:info)?\\}$`));
    }
    expect(compose).toMatch(/POSTGRES_PASSWORD: \$\{POSTGRES_PASSWORD:\?/);
  });

  it("without a value for any of them configures nothing wrongly", () => {
    const unset = Object.fromEntries(
      [...composed()].map(([name, value]) => [name, value.includes("info") ? "info" : ""]),
    );
    const environment = { ...unset, DATABASE_URL: "postgres://shepherd@database:5432/shepherd" };
    expect(readConfig(environment)).not.toHaveProperty("problems");
    const others = [readSlackConfig, readTeamsConfig, readModelConfig].map((one) => one(environment));
    expect(others).toEqual([undefined, undefined, undefined]);
  });

  it("has two copies at ports of their own, one PostgreSQL that they wait for, and time for both to end", () => {
    expect(compose.match(/<<: \*shepherd/g)).toHaveLength(2);
    const ports = [...compose.matchAll(/ports: \["127\.0\.0\.1:(\d+):(\d+)"\]/g)].map(([, ...pair]) => pair);
    expect(ports).toEqual([
      ["3978", uses("EXPOSE")[0]],
      ["3979", uses("EXPOSE")[0]],
    ]);
    expect(compose).toContain("condition: service_healthy");
    expect(Number(/image: postgres:(\d+)/.exec(compose)?.[1])).toBeGreaterThanOrEqual(15);
    expect(Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1])).toBeGreaterThan(10);
  });
});

describe("docs/operating.md", () => {
  it("tells of every variable that the program reads", () => {
    const variables = [...KNOWN].filter(
      (name) => name.includes("_") || /^(?:PORT|HOST|PLAYGROUND|MicrosoftApp)/.test(name),
    );
    const untold = variables.filter((name) => !docs.includes(`\`${name}\``));
    expect(untold.filter((name) => !INTERNAL.includes(name))).toEqual([]);
  });

  it("tells of every metric, and of none that is not there", () => {
    const metrics = [...read("adapters/metrics.ts").matchAll(/name: "(shepherd_\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(metrics.length).toBeGreaterThan(5);
    expect(new Set(docs.match(/\bshepherd_\w+_(?:seconds|total|up)\b|\bshepherd_store_up\b/g))).toEqual(
      new Set(metrics),
    );
  });
});

/** Constants of config.ts that are no variables. */
const INTERNAL = ["APP_TYPES"];
