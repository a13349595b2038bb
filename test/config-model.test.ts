import { describe, expect, it } from "vitest";
import { type ModelConfig, readModelConfig } from "../src/config.ts";

const URL_OF_MODEL = "https://models.example.com/v1";
const MODEL = "small-1";
const KEY = "hunter22-hunter22";
const WHOLE = { SHEPHERD_MODEL_URL: URL_OF_MODEL, SHEPHERD_MODEL: MODEL, SHEPHERD_MODEL_KEY: KEY };
const CONFIG = { url: URL_OF_MODEL, model: MODEL, key: KEY };

function problemsOf(environment: NodeJS.ProcessEnv): string[] {
  const config = readModelConfig(environment);
  return config && "problems" in config ? config.problems : [];
}

describe("What the configuration says of a model", () => {
  it("is nothing where nothing of it is set", () => {
    for (const environment of [
      {},
      { SHEPHERD_MODEL_URL: "", SHEPHERD_MODEL: " ", SHEPHERD_MODEL_KEY: undefined },
      { SHEPHERD_MODEL_KEY: "\t\n" },
      { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: URL_OF_MODEL },
      { SLACK_BOT_TOKEN: "xoxb-1", PORT: "3978", PUBLIC_URL: "https://shepherd.example.com" },
    ])
      expect([environment, readModelConfig(environment)]).toEqual([environment, undefined]);
  });

  it.each<[NodeJS.ProcessEnv, ModelConfig]>([
    [WHOLE, CONFIG],
    [
      { ...WHOLE, SHEPHERD_MODEL_KEY: undefined },
      { url: URL_OF_MODEL, model: MODEL },
    ],
    [
      { ...WHOLE, SHEPHERD_MODEL_KEY: "" },
      { url: URL_OF_MODEL, model: MODEL },
    ],
    [
      { ...WHOLE, SHEPHERD_MODEL_KEY: " \n" },
      { url: URL_OF_MODEL, model: MODEL },
    ],
    [{ ...WHOLE, SHEPHERD_MODEL: ` ${MODEL}\n`, SHEPHERD_MODEL_KEY: `\t${KEY} ` }, CONFIG],
    [
      { ...WHOLE, SHEPHERD_MODEL: "org/small:latest" },
      { ...CONFIG, model: "org/small:latest" },
    ],
  ])("%o is an address, a model and perhaps a key", (environment, config) => {
    expect(readModelConfig(environment)).toEqual(config);
  });

  it.each([
    "http://localhost:11434/v1",
    "http://127.0.0.1:8080/v1",
    "http://[::1]:8080/v1",
    "https://models.example.com",
  ])("takes %s: in clear only to this machine", (SHEPHERD_MODEL_URL) => {
    expect(readModelConfig({ ...WHOLE, SHEPHERD_MODEL_URL })).toEqual({ ...CONFIG, url: SHEPHERD_MODEL_URL });
  });

  it.each([
    "http://models.example.com/v1",
    "http://192.168.1.2:11434/v1",
    "http://localhost.evil.com/v1",
    "http://127.0.0.1@evil.com/v1",
    "models.example.com/v1",
    "ftp://models.example.com/",
    "file:///etc/passwd",
    "//models.example.com",
    "https://",
    "hunter22",
  ])("refuses the address %s", (SHEPHERD_MODEL_URL) => {
    expect(problemsOf({ ...WHOLE, SHEPHERD_MODEL_URL })).toEqual([
      "SHEPHERD_MODEL_URL: must be an address that begins with https://",
    ]);
  });

  it.each<[NodeJS.ProcessEnv, string[]]>([
    [{ SHEPHERD_MODEL_URL: URL_OF_MODEL }, ["SHEPHERD_MODEL"]],
    [{ SHEPHERD_MODEL_URL: URL_OF_MODEL, SHEPHERD_MODEL: "  " }, ["SHEPHERD_MODEL"]],
    [{ SHEPHERD_MODEL: MODEL }, ["SHEPHERD_MODEL_URL"]],
    [{ SHEPHERD_MODEL: MODEL, SHEPHERD_MODEL_URL: " " }, ["SHEPHERD_MODEL_URL"]],
    [{ SHEPHERD_MODEL_KEY: KEY }, ["SHEPHERD_MODEL_URL", "SHEPHERD_MODEL"]],
    [{ SHEPHERD_MODEL_URL: "hunter22", SHEPHERD_MODEL_KEY: KEY }, ["SHEPHERD_MODEL_URL", "SHEPHERD_MODEL"]],
  ])("tells all that is wrong with %o, and never what stood there", (environment, names) => {
    const problems = problemsOf(environment);
    expect(problems.map((one) => one.split(":")[0])).toEqual(names);
    expect(problems.every((one) => /^[\w, ]+: [^\n]+$/.test(one))).toBe(true);
    expect(problems.join()).not.toContain("hunter22");
  });
});
