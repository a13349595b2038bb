import { request } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { StoreError } from "../../../src/ports.ts";
import { through } from "../../through.ts";
import { asked, goLiveInTwo, type Options } from "./live.ts";
import type { Call, Trouble } from "./world/troubles.ts";

const NOT_NOW = { error: "This can't be done just now.", id: expect.any(String) };
/** Of the two documents, the one that holds the keys. */
const ofKeys = ({ path }: Call) => path.endsWith("/keys");

const DOCUMENTS: [what: string, trouble: Trouble][] = [
  ["can't be had", { dropConnection: true }],
  ["are an error", { status: 500 }],
  ["are an error of a proxy", { status: 502, text: "<html>Bad gateway</html>" }],
  ["are not there", { status: 404 }],
  ["are the page of a proxy", { status: 200, text: "<html>Sign in</html>" }],
  ["are empty", { status: 200, text: "" }],
  ["are an empty object", { status: 200, text: "{}" }],
  ["are null", { status: 200, text: "null" }],
  ["name no key", { status: 200, text: '{"keys":[]}' }],
  ["name keys that are none", { status: 200, text: '{"keys":[null,1,"x",{}]}' }],
];

async function expectRecovery(trouble: Trouble): Promise<void> {
  const { world, a, logged } = await goLiveInTwo();
  const message = world.activity.message({ from: a.someone, text: "track Contoso CRM" });
  world.trouble("keys", trouble);
  expect(await world.post(message)).toMatchObject({ status: 503, body: NOT_NOW });
  expect(world.calls).toEqual([]);
  expect(logged.map(({ level }) => level)).toEqual(["error"]);
  expect((await world.post(message)).status).toBe(200);
  await world.until(() => a.someone.last());
}

test.each(DOCUMENTS)(
  "when the names of Microsoft's documents %s, Teams is heard at its next try",
  (_, trouble) => expectRecovery(trouble),
);

test.each(DOCUMENTS)("when Microsoft's keys %s, Teams is heard at its next try", (_, trouble) =>
  expectRecovery({ ...trouble, fits: ofKeys }),
);

test("when Microsoft's keys are slow the request waits, and when they never come it is refused", async () => {
  const live = await goLiveInTwo();
  live.world.trouble("keys", { delayMs: 300, times: 2 });
  await asked(live, live.a.someone, undefined, "track Contoso CRM");
  await expectRecovery({ hang: true });
});

test("keys that were had are good while Microsoft can't be asked for new ones", async () => {
  const live = await goLiveInTwo();
  const { world, a } = live;
  await asked(live, a.someone, undefined, "help");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 25 * 3_600_000 });
  onTestFinished(() => void vi.useRealTimers());
  world.trouble("keys", { status: 500, times: Number.POSITIVE_INFINITY });
  expect((await a.someone.says("help")).status).toBe(200);
});

test("Microsoft is not asked for its keys at each request, nor by strangers", async () => {
  const live = await goLiveInTwo();
  const { world, a } = live;
  await asked(live, a.someone, undefined, "track Contoso CRM");
  const before = world.keyCalls.length;
  for (let index = 0; index < 20; index += 1) {
    const activity = world.activity.message({ from: a.someone, text: "help" });
    const authorization = `Bearer ${world.token({ key: "foreign", kid: `made up ${index}` })}`;
    expect((await world.post(activity, { authorization })).status).toBe(401);
  }
  expect(world.keyCalls.length).toBe(before);
});

const PAGE = `<html><script>alert("evil")</script></html>`;
const ANSWERS: [what: string, trouble: Trouble][] = [
  ["leads elsewhere", { status: 302, headers: { location: "https://evil.example/v3" } }],
  [
    "leads elsewhere, with the same method",
    { status: 307, headers: { location: "https://evil.example/v3" } },
  ],
  ["leads to this machine", { status: 308, headers: { location: "http://127.0.0.1:1/" } }],
  ["leads into itself", { status: 301, headers: { location: "/v3/conversations" } }],
  ["sends a page", { status: 200, text: PAGE }],
  ["sends a page with an error", { status: 500, text: PAGE }],
  ["forbids with a page", { status: 403, text: PAGE }],
  ["sends JSON that is none of its own", { status: 200, text: '{"id":{"$ne":1},"__proto__":{"x":1}}' }],
  ["sends a list", { status: 201, text: "[[[[]]]]" }],
  ["sends null", { status: 200, text: "null" }],
  ["sends an id that is no id", { status: 201, text: '{"id":"../../../evil?x#y"}' }],
  ["sends very much", { status: 200, text: `{"id":"${"x".repeat(20_000_000)}"}` }],
  ["sends very many errors", { status: 400, text: `{"error":{"code":"${"evil".repeat(5_000_000)}"}}` }],
  ["asks to wait for ever", { status: 503, retryAfter: "99999999999999999999" }],
  ["asks to wait until a time that is none", { status: 503, retryAfter: "evil" }],
  ["ends the connection", { dropConnection: true }],
  ["loses its answer", { loseAnswer: true }],
  ["has a code that is a sentence", { status: 400, code: "evil code, 29:1abc" }],
];

test.each(ANSWERS)(
  "when Microsoft's side %s, nothing breaks and the next question is answered",
  async (_, trouble) => {
    const live = await goLiveInTwo();
    const { world, a, logged } = live;
    const status = await asked(live, a.someone, a.channel, "track Contoso CRM", "status contoso");
    world.trouble("all", { ...trouble, times: Number.POSITIVE_INFINITY });
    const calls = world.calls.length;
    await a.someone.says("help", { in: a.channel });
    await a.other.says("list");
    const pressed = await a.other.presses(status, "Account is ready");
    expect(pressed.status).toBe(200);
    await world.until(() => world.calls.length >= calls + 3);
    await live.remindAt("2027-06-01T09:15");
    world.forgetTrouble();
    expect(world.signed.every((url) => url.startsWith("https://smba.trafficmanager.net/emea/v3/"))).toBe(
      true,
    );
    expect(JSON.stringify(logged)).not.toMatch(/evil|html|29:/i);
    await asked(live, live.b.someone, undefined, "help");
  },
);

test("who waits for an answer that never comes keeps nobody else waiting", async () => {
  const live = await goLiveInTwo();
  const { world, a, b } = live;
  world.trouble(a.someone.chat, { hang: true, times: 20 });
  for (let index = 0; index < 20; index += 1) await a.someone.says("help");
  for (const [person, where] of [
    [a.other, undefined],
    [a.other, a.channel],
    [b.someone, undefined],
  ] as const)
    await asked(live, person, where, "help");
});

test("a large body in pieces is refused while it comes, and one that comes slowly is cut off", async () => {
  const live = await goLiveInTwo();
  const { url, a } = live;
  const pieces = (body: string) =>
    new Promise<number>((done, failed) => {
      const asking = request(`${url}/api/messages`, {
        method: "POST",
        headers: { "content-type": "application/json" },
      });
      asking.on("response", (response) => done(response.resume().statusCode ?? 0));
      asking.on("error", failed);
      asking.end(body);
    });
  expect(await pieces("x".repeat(20_000_000))).toBe(413);
  const { hostname, port } = new URL(url);
  const head =
    "POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n";
  const cut = Array.from({ length: 30 }, (_, index) => {
    const socket = connect(Number(port), hostname);
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => undefined);
    socket.resume();
    socket.write(index % 2 === 0 ? head : `${head}\r\n{"a`);
    return new Promise((closed) => socket.on("close", closed));
  });
  await asked(live, a.someone, undefined, "help");
  await Promise.all(cut);
  await asked(live, a.someone, undefined, "list");
});

/** A store, and shelves, that fail when they are told to. */
function faults() {
  let fault: Error | undefined;
  const failing = <Part extends object>(part: Part): Part =>
    through(part, (method) => {
      if (fault && method !== "close") throw fault;
    });
  const fail = (next: Error | undefined) => {
    fault = next;
  };
  return { failing, fail };
}

const FAULTS = {
  "is down": new StoreError("unreachable", "the database can't be opened"),
  "is full": new StoreError("unwritable", "the disk is full"),
  "has a fault of ours": new Error("evil 29:1abc SELECT * FROM connector"),
};
const PLAIN = /right now|try again|went wrong/;

for (const [which, options] of [
  ["the store", (failing: ReturnType<typeof faults>["failing"]): Options => ({ throughStore: failing })],
  ["a shelf", (failing: ReturnType<typeof faults>["failing"]): Options => ({ throughShelf: failing })],
] as const)
  test.each(Object.entries(FAULTS))(
    `when ${which} %s, the person is told so in plain words`,
    async (_, fault) => {
      const { failing, fail } = faults();
      const live = await goLiveInTwo(options(failing));
      const { world, a, logged } = live;
      const status = await asked(live, a.someone, undefined, "track Contoso CRM", "status contoso");
      fail(fault);
      const said = await asked(live, a.someone, undefined, "list");
      expect(a.someone.reads(said)).toMatch(PLAIN);
      const { body } = await a.someone.presses(status, "Account is ready");
      const shown = JSON.stringify(body) + a.someone.reads(said) + a.someone.reads(a.someone.last());
      expect(shown).toMatch(PLAIN);
      expect(shown).not.toMatch(/evil|SELECT|29:|Error/);
      const noted = logged.filter(({ level }) => level === "error");
      expect(noted.length).toBeGreaterThan(0);
      expect(JSON.stringify(logged)).not.toMatch(/evil|SELECT|Contoso/);
      fail(undefined);
      await asked(live, a.someone, undefined, "list");
      expect(world.calls.length).toBeGreaterThan(0);
    },
  );
