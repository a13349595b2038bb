import { getEventListeners } from "node:events";
import { expect, it, onTestFinished, vi } from "vitest";
import { createInFlight } from "../../adapters/in-flight.ts";

/** Work that goes on until it is ended by hand. */
function openWork() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      ends.set(name, () => resolve(name));
    });
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}

/** When all that can happen by itself has happened. */
const settled = () => new Promise(setImmediate);

it("does so much at once and no more, and who came first is first", async () => {
  const { begun, work, end } = openWork();
  const inFlight = createInFlight(2);
  const all = ["one", "two", "three", "four", "five"].map((name) => inFlight.run(name, work(name)));
  await settled();
  expect(begun).toEqual(["one", "two"]);
  end("two");
  await settled();
  // Who comes only now is behind those who wait.
  all.push(inFlight.run("six", work("six")));
  expect(begun).toEqual(["one", "two", "three"]);
  for (const name of ["one", "three", "four", "five", "six"]) {
    end(name);
    await settled();
  }
  expect(begun).toEqual(["one", "two", "three", "four", "five", "six"]);
  expect(await Promise.all(all)).toEqual(begun);
});

it("what fails makes room for the next, and is told to who asked", async () => {
  const inFlight = createInFlight(1);
  const failed = inFlight.run("failed", () => Promise.reject(new Error("refused")));
  const next = inFlight.run("next", async () => "done");
  await expect(failed).rejects.toThrow("refused");
  expect(await next).toBe("done");
});

it("when everything is stopped, what waits is not begun, and what runs goes on to its end", async () => {
  const { begun, work, end } = openWork();
  const inFlight = createInFlight(1);
  const stop = new AbortController();
  const running = inFlight.run("running", work("running"), stop.signal);
  const waiting = [1, 2, 3].map((n) => inFlight.run(`${n}`, work(`${n}`), stop.signal));
  const unaware = inFlight.run("unaware", work("unaware"));
  await settled();
  stop.abort();
  expect(await Promise.all(waiting)).toEqual([undefined, undefined, undefined]);
  expect(await inFlight.run("late", work("late"), stop.signal)).toBeUndefined();
  end("running");
  expect(await running).toBe("running");
  await settled();
  end("unaware");
  expect(await unaware).toBe("unaware");
  expect(begun).toEqual(["running", "unaware"]);
});

it("room that was just given to one who is stopped goes on to the next", async () => {
  const { begun, work, end } = openWork();
  const inFlight = createInFlight(1);
  const stop = new AbortController();
  const first = inFlight.run("first", work("first"));
  const stopped = inFlight.run("stopped", work("stopped"), stop.signal);
  const next = inFlight.run("next", work("next"));
  await settled();
  end("first");
  await first;
  stop.abort();
  expect(await stopped).toBeUndefined();
  await settled();
  end("next");
  expect(await next).toBe("next");
  expect(begun).toEqual(["first", "next"]);
});

it("thousands wait for one signal without a warning, and no more than one listens to it", async () => {
  const warned = vi.spyOn(process, "emitWarning");
  onTestFinished(() => warned.mockRestore());
  const inFlight = createInFlight(3);
  const stop = new AbortController();
  let done = 0;
  const all = Array.from({ length: 5000 }, (_, index) =>
    inFlight.run(
      `${index % 700}`,
      async () => {
        await settled();
        done += 1;
      },
      stop.signal,
    ),
  );
  await Promise.all(all);
  expect(done).toBe(5000);
  expect(warned).not.toHaveBeenCalled();
  expect(getEventListeners(stop.signal, "abort")).toHaveLength(1);
});

it("one workspace has one under way, and those who wait for it keep no other from its room", async () => {
  const { begun, work, end } = openWork();
  const inFlight = createInFlight(2);
  const contoso = ["c1", "c2", "c3"].map((name) => inFlight.run("contoso", work(name)));
  const fabrikam = inFlight.run("fabrikam", work("f1"));
  await settled();
  expect(begun).toEqual(["c1", "f1"]);
  for (const name of ["c1", "c2", "f1", "c3"]) {
    end(name);
    await settled();
  }
  expect(begun).toEqual(["c1", "f1", "c2", "c3"]);
  expect(await Promise.all([...contoso, fabrikam])).toEqual(["c1", "c2", "c3", "f1"]);
});

it("the next of a workspace begins only when the last has left", async () => {
  const { begun, work, end } = openWork();
  const inFlight = createInFlight(8);
  const leave = await inFlight.enter("contoso");
  const next = inFlight.run("contoso", work("next"));
  await settled();
  expect(begun).toEqual([]);
  leave?.();
  await settled();
  end("next");
  expect(await next).toBe("next");
});

it("who gives up waiting for its workspace leaves the others their turns", async () => {
  const { begun, work, end } = openWork();
  const inFlight = createInFlight(1);
  const stop = new AbortController();
  const first = inFlight.run("contoso", work("first"));
  const stopped = inFlight.run("contoso", work("stopped"), stop.signal);
  const full = inFlight.run("fabrikam", work("full"), stop.signal);
  const next = inFlight.run("contoso", work("next"));
  await settled();
  stop.abort();
  expect(await Promise.all([stopped, full])).toEqual([undefined, undefined]);
  end("first");
  await first;
  await settled();
  end("next");
  expect(await next).toBe("next");
  expect(begun).toEqual(["first", "next"]);
});
