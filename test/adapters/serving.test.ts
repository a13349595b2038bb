import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Door, serve } from "../../adapters/serving.ts";

const HERE = { host: "127.0.0.1", port: 0 };

function door(path: string, says: string): Door {
  return { owns: (asked) => asked === path, listener: (_, response) => void response.end(says) };
}

async function open(doors: Door[], place = HERE) {
  const served = await serve(doors, place);
  onTestFinished(served.close);
  return served;
}

describe("All doors behind one port", () => {
  it("are found by their path, whatever is asked behind it", async () => {
    const { url } = await open([door("/slack/events", "Slack"), door("/healthz", "operators")]);
    const said = async (path: string) => (await fetch(url + path)).text();
    expect([await said("/slack/events"), await said("/healthz?probe=1")]).toEqual(["Slack", "operators"]);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  });

  it("are where they say, also by an address with colons", async () => {
    const { url } = await open([door("/healthz", "ok")], { host: "::1", port: 0 });
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await (await fetch(`${url}/healthz`)).text()).toBe("ok");
  });

  it("can't be had twice", async () => {
    const { url } = await open([]);
    const again = serve([], { host: "127.0.0.1", port: Number(new URL(url).port) });
    await expect(again).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("finish what was asked before they close, and take nothing more", async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const served = await open([{ owns: () => true, listener: (_, response) => asked.resolve(response) }]);
    const answer = fetch(served.url).then((response) => response.text());
    const response = await asked.promise;
    const closed = served.close();
    await expect(fetch(served.url)).rejects.toThrow();
    response.end("finished");
    expect(await answer).toBe("finished");
    await closed;
  });

  it("close within ten seconds though somebody has sent a request in part", async () => {
    const { url, close } = await open([door("/", "")]);
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    socket.on("error", () => undefined).write("POST / HTTP/1.1\r\nHost: he");
    await fetch(url);
    const begun = performance.now();
    await close();
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
