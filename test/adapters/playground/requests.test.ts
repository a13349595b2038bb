import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StoreError } from "../../../src/ports.ts";
import { through } from "../../through.ts";
import { openPlayground } from "./playground.ts";

const POSTS = ["messages", "presses/slack", "presses/teams", "clock", "example", "reset"];
const SENTENCE = expect.stringMatching(/^[A-Za-z].*\.$/s);

describe("What can't be read is refused with one sentence, and nothing is done", () => {
  it.each<[sent: unknown, problem: RegExp]>([
    [null, /JSON object/],
    [7, /JSON object/],
    ["hi", /JSON object/],
    [[], /JSON object/],
    [{}, /either text or press/],
    [{ text: "hi", press: { action: "help", fields: {} } }, /either text or press/],
    [{ text: 7 }, /^text must be a string\.$/],
    [{ text: null }, /^text must/],
    [{ press: "help" }, /^press must be an object/],
    [{ press: { fields: {} } }, /^press\.action must/],
    [{ press: { action: "" } }, /^press\.action must not be empty/],
    [{ press: { action: "help", fields: { topic: 7 } } }, /^press\.fields\.topic must be a string/],
    [{ press: { action: "help", fields: [] } }, /^press\.fields must be an object/],
    [
      {
        press: { action: "help", fields: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [i, ""])) },
      },
      /50/,
    ],
    [{ press: { action: "help", verb: "x" } }, /^press has a field that is not known here: verb/],
    [{ text: "hi", txt: "hi" }, /not known here: txt/],
    [{ text: "hi", person: "" }, /^person must/],
    [{ text: "hi", person: " " }, /^person must/],
    [{ text: "hi", person: "a\u0000b" }, /^person must/],
    [{ text: "hi", person: "\ud800" }, /^person must/],
    [{ text: "hi", person: "x".repeat(81) }, /^person must/],
    [{ text: "hi", conversation: ["main"] }, /^conversation must/],
    [{ text: "hi", conversation: "line\nbreak" }, /^conversation must/],
    [{ text: "hi", now: "tomorrow" }, /^now must be a moment/],
    [{ text: "hi", now: "2026-11-03" }, /^now must be a moment/],
    [{ text: "hi", now: "2026-13-03T09:15Z" }, /^now must be a moment/],
    [{ text: "hi", now: "9999-12-31T23:59Z" }, /2020 to 2049/],
    [{ text: "hi", now: "1999-12-31T23:59Z" }, /2020 to 2049/],
  ])("%j", async (sent, problem) => {
    const { post, entries } = await openPlayground();
    const { status, body } = await post("messages", sent);
    expect([status, body.problem]).toEqual([400, expect.stringMatching(problem)]);
    expect(body.problem).toEqual(SENTENCE);
    expect(await entries()).toEqual([]);
  });

  it.each<[sent: unknown, problem: RegExp]>([
    [{}, /either push or now/],
    [{ push: "3d", now: "2026-11-03T09:15Z" }, /either push or now/],
    [{ push: 3 }, /^push must be a string/],
    [{ push: "a bit" }, /^push must be a length of time/],
    [{ push: "-3d" }, /^push must be a length of time/],
    [{ push: "500d" }, /at most 400 days/],
    [{ push: "" }, /^push must be a length of time/],
    [{ now: 7 }, /^now must be a moment/],
    [{ now: "2077-01-01T00:00Z" }, /2020 to 2049/],
  ])("the clock: %j", async (sent, problem) => {
    const { post, session } = await openPlayground();
    const before = session.clock();
    const { status, body } = await post("clock", sent);
    expect([status, body.problem]).toEqual([400, expect.stringMatching(problem)]);
    expect(session.clock()).toEqual(before);
  });

  it.each(POSTS)("%s: no JSON, a body in pieces, an unknown field", async (path) => {
    const { call, post } = await openPlayground();
    for (const raw of ["{", '{"text":"hi"', "hi", '{"text":}', "\u0000"]) {
      const { status, body } = await call("POST", `/playground/${path}`, { raw });
      expect([raw, status, body.problem]).toEqual([raw, 400, "The body is not JSON."]);
    }
    const unknown = await post(path, { nonsense: true, text: "hi", payload: {}, label: "x", push: "1h" });
    expect([unknown.status, unknown.body.problem]).toEqual([400, expect.stringContaining("not known here")]);
  });

  it.each(POSTS)("%s: another content type, or none, gets 415", async (path) => {
    const { call } = await openPlayground();
    const types = [
      undefined,
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonp",
    ];
    for (const type of types) {
      const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
      const { status, body } = await call("POST", `/playground/${path}`, {
        ...(type !== undefined && { raw: "{}" }),
        headers,
      });
      expect([type, status, body.problem]).toEqual([type, 415, SENTENCE]);
    }
    for (const headers of [
      { "content-type": "application/json; charset=latin1", "content-encoding": "identity" },
      { "content-type": "application/json", "content-encoding": "gzip" },
    ]) {
      const { status, body } = await call("POST", `/playground/${path}`, { raw: "{}", headers });
      expect([status, body.problem]).toEqual([415, SENTENCE]);
    }
  });

  it.each(POSTS)("%s: a body over 64 KB gets 413, one just under it does not", async (path) => {
    const { post } = await openPlayground();
    const large = await post(path, { text: "x".repeat(70_000) });
    expect([large.status, large.body.problem]).toEqual([413, "The body is larger than 64 KB."]);
    const fits = await post("messages", { text: "x".repeat(65_000) });
    expect(fits.status).toBe(200);
  });

  it("an address that does not exist gets 404, another method 405 that says which", async () => {
    const { call } = await openPlayground();
    for (const path of [
      "/nothing",
      "/playground",
      "/page/../../package.json",
      "/page/%2e%2e/session.ts",
      "/%ff",
    ]) {
      const { status, body } = await call("GET", path);
      expect([path, status >= 400 && status < 500, body.problem]).toEqual([path, true, SENTENCE]);
    }
    for (const path of POSTS) {
      for (const method of ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
        const { status, headers, body } = await call(method, `/playground/${path}`);
        expect([method, status, headers.allow, body.problem]).toEqual([method, 405, "POST", SENTENCE]);
      }
    }
    const { status, headers } = await call("POST", "/playground/events", { body: {} });
    expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
    expect((await call("POST", "/", { body: {} })).status).toBe(405);
  });

  it("whatever is sent, the answer is below 500 and a refusal is a sentence", async () => {
    const { post, say } = await openPlayground();
    const key = fc.constantFrom(
      "text",
      "press",
      "person",
      "conversation",
      "now",
      "payload",
      "label",
      "push",
      "action",
      "fields",
    );
    const body = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.constant("3d"))),
      fc.record({
        text: fc.string({ unit: "binary" }),
        person: fc.string(),
        conversation: fc.constantFrom("main", "#x"),
      }),
      fc.record({
        press: fc.record({ action: fc.string(), fields: fc.dictionary(fc.string(), fc.string()) }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...POSTS), body, async (path, sent) => {
        const answer = await post(path, sent);
        expect(answer.status).toBeLessThan(500);
        if (answer.status !== 200) expect(answer.body.problem).toEqual(SENTENCE);
      }),
      { seed: 2, numRuns: 300 },
    );
    expect(await say("hi")).toHaveLength(1);
  });
});

describe("Who is not meant is turned away", () => {
  it.each([
    "evil.example",
    "evil.example:3978",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost",
    "localhost.evil.example:PORT",
    "127.0.0.1.evil.example:PORT",
    "0.0.0.0:PORT",
    "192.168.1.7:PORT",
    "[::2]:PORT",
    "user@127.0.0.1:PORT",
  ])("a request to the host “%s” gets 403, so that no foreign name can point here", async (name) => {
    const { call, url } = await openPlayground();
    const host = name.replace("PORT", new URL(url).port);
    for (const [method, path] of [
      ["GET", "/"],
      ["POST", "/playground/messages"],
      ["GET", "/playground/events"],
    ] as const) {
      const { status, body } = await call(method, path, {
        headers: { host },
        ...(method === "POST" && { body: { text: "hi" } }),
      });
      expect([status, body.problem]).toEqual([403, SENTENCE]);
    }
  });

  it.each(["127.0.0.1", "localhost", "LocalHost", "[::1]"])("the host %s is its own", async (name) => {
    const { call, url } = await openPlayground();
    const host = `${name}:${new URL(url).port}`;
    const { status } = await call("POST", "/playground/messages", {
      body: { text: "hi" },
      headers: { host, origin: `http://${host.toLowerCase()}` },
    });
    expect(status).toBe(200);
  });

  it.each([
    "https://evil.example",
    "null",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "https://127.0.0.1:PORT",
    "",
  ])("a page of “%s” gets 403 and changes nothing", async (origin) => {
    const { call, url, session } = await openPlayground();
    const headers = { origin: origin.replace("PORT", new URL(url).port) };
    const before = session.clock();
    for (const [path, body] of [
      ["messages", { text: "hi" }],
      ["clock", { push: "3d" }],
      ["reset", {}],
    ] as const) {
      const { status, body: said } = await call("POST", `/playground/${path}`, { body, headers });
      expect([status, said.problem]).toEqual([403, SENTENCE]);
    }
    expect(session.clock()).toEqual(before);
  });

  it("every answer, also a refusal, forbids foreign scripts, frames and guesses at its type", async () => {
    const { call, listen, say } = await openPlayground();
    await say("hi");
    const answers = [
      await call("GET", "/"),
      await call("GET", "/nothing"),
      await call("GET", "/playground/messages"),
      await call("POST", "/playground/messages", { body: {} }),
      await call("GET", "/", { headers: { host: "evil.example" } }),
      await listen(),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        "content-security-policy":
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });
});

describe("When the store fails", () => {
  const FULL = new StoreError("unwritable", "The store can't be written: free some space.");

  it("the answer says so, and what has no answer gets 503 with the same sentence", async () => {
    const { post, say, logged } = await openPlayground({
      throughStore: (store) =>
        through(store, (method) => {
          if (["firstSight", "nextDue", "forget"].includes(method)) throw FULL;
        }),
    });
    expect(await say("hi")).toHaveLength(1);
    for (const [path, body] of [
      ["clock", { push: "3d" }],
      ["reset", {}],
    ] as const) {
      const answer = await post(path, body);
      expect([answer.status, answer.body.problem]).toEqual([
        503,
        "The store can't be written: free some space.",
      ]);
    }
    expect(logged.join()).toContain("a request failed");
    expect(await say("hi")).toHaveLength(1);
  });
});
