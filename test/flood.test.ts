import { describe, expect, it } from "vitest";
import { createFloodGate } from "../src/flood.ts";
import type { WorkspaceId } from "../src/incoming.ts";
import { handClock } from "./store/sample.ts";

/** A gate with a clock that is moved by hand. */
function openGate() {
  const clock = handClock();
  const gate = createFloodGate(clock);
  const ask = (person = "U1", workspace = "T1") => gate(workspace as WorkspaceId, person);
  const askTimes = (count: number, person?: string, workspace?: string) =>
    Array.from({ length: count }, () => ask(person, workspace));
  return { ask, askTimes, wait: (seconds: number) => clock.move(seconds * 1000) };
}

const admitted = (all: readonly string[]) => all.filter((one) => one === "admit").length;

describe("One person", () => {
  it("may ask thirty times at once, is told once that it is too much, and then nothing", () => {
    const { askTimes } = openGate();
    expect(askTimes(33).slice(28)).toEqual(["admit", "admit", "tell", "refuse", "refuse"]);
  });

  it("may ask once a second after that, and is told anew when that was too much again", () => {
    const { ask, askTimes, wait } = openGate();
    askTimes(32);
    wait(0.5);
    expect(ask()).toBe("refuse");
    wait(0.5);
    expect(askTimes(3)).toEqual(["admit", "tell", "refuse"]);
    wait(5);
    expect(admitted(askTimes(20))).toBe(5);
  });

  it("has all thirty again after half a minute, and never more", () => {
    const { askTimes, wait } = openGate();
    askTimes(40);
    wait(29);
    expect(admitted(askTimes(40))).toBe(29);
    wait(3600);
    expect(admitted(askTimes(40))).toBe(30);
  });

  it("does not wait longer for asking on: what is refused costs nothing", () => {
    const { ask, askTimes, wait } = openGate();
    askTimes(30);
    for (let tenth = 1; tenth <= 9; tenth += 1) {
      wait(0.1);
      expect(ask()).not.toBe("admit");
    }
    wait(0.11);
    expect(ask()).toBe("admit");
  });

  it("takes nothing from another, nor from who has the same id elsewhere", () => {
    const { ask, askTimes } = openGate();
    askTimes(35, "U1", "T1");
    expect([ask("U2", "T1"), ask("U1", "T2")]).toEqual(["admit", "admit"]);
  });

  it("is not refused because the clock goes back, and gets nothing by it", () => {
    const { askTimes, wait } = openGate();
    askTimes(20);
    wait(-3600);
    expect(admitted(askTimes(20))).toBe(10);
    wait(1);
    expect(admitted(askTimes(5))).toBe(1);
  });
});

describe("One workspace", () => {
  it("may ask three hundred times at once, then twenty times a second; each person is told once", () => {
    const { ask, askTimes, wait } = openGate();
    const all = Array.from({ length: 11 }, (_, person) => askTimes(30, `U${person}`));
    expect(all.map(admitted)).toEqual([...Array(10).fill(30), 0]);
    expect(all.at(-1)?.slice(0, 3)).toEqual(["tell", "refuse", "refuse"]);
    expect([ask("U-other"), ask("U-other")]).toEqual(["tell", "refuse"]);
    wait(1);
    const later = Array.from({ length: 40 }, (_, person) => ask(`V${person}`));
    expect(later).toEqual([...Array(20).fill("admit"), ...Array(20).fill("tell")]);
    expect(ask("U1", "T2")).toBe("admit");
  });
});

describe("What the gate remembers", () => {
  it("is bounded: who asked longest ago is forgotten, who asks on is not", () => {
    const { ask, askTimes } = openGate();
    askTimes(31, "U-old", "T-old");
    askTimes(31, "U-on", "T-on");
    expect([ask("U-old", "T-old"), ask("U-on", "T-on")]).toEqual(["refuse", "refuse"]);
    // Each in a workspace of their own: two more to remember.
    for (let other = 0; other < 5000; other += 1) {
      ask("U", `T${other}`);
      if (other % 1000 === 0) expect(ask("U-on", "T-on")).toBe("refuse");
    }
    expect(ask("U-old", "T-old")).toBe("admit");
    expect(ask("U-on", "T-on")).toBe("refuse");
  });
});
