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
  const all = ["one", "two", "three", "four", "five"].map((name) => inFlight.run(work(name)));
  await settled();
  expect(begun).toEqual(["one", "two"]);
  end("two");
  await settled();
  // Who comes only now is behind those who wait.
  all.push(inFlight.run(work("six")));
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
  const failed = inFlight.run(() => Promise.reject(new Error("refused")));
  const next = inFlight.run(async () => "done");
  await expect(failed).rejects.toThrow("refused");
  expect(await next).toBe("done");
});

it("when everything is stopped, what waits is not begun, and what runs goes on to its end", async () => {
  const { begun, work, end } = openWork();
  const inFlight = createInFlight(1);
  const stop = new AbortController();
  const running = inFlight.run(work("running"), stop.signal);
  const waiting = [1, 2, 3].map((n) => inFlight.run(work(`${n}`), stop.signal));
  const unaware = inFlight.run(work("unaware"));
  await settled();
  stop.abort();
  expect(await Promise.all(waiting)).toEqual([undefined, undefined, undefined]);
  expect(await inFlight.run(work("late"), stop.signal)).toBeUndefined();
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
  const first = inFlight.run(work("first"));
  const stopped = inFlight.run(work("stopped"), stop.signal);
  const next = inFlight.run(work("next"));
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

it("thousands wait for one signal without a warning, and none is left on it", async () => {
  const warned = vi.spyOn(process, "emitWarning");
  onTestFinished(() => warned.mockRestore());
  const inFlight = createInFlight(3);
  const stop = new AbortController();
  let done = 0;
  const all = Array.from({ length: 5000 }, () =>
    inFlight.run(async () => {
      await settled();
      done += 1;
    }, stop.signal),
  );
  await Promise.all(all);
  expect(done).toBe(5000);
  expect(warned).not.toHaveBeenCalled();
  expect(getEventListeners(stop.signal, "abort")).toEqual([]);
});
