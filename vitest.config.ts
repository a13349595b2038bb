import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Many wait for a clock rather than for the machine.
    maxWorkers: Math.max(3, availableParallelism()),
    // Tests start programs of their own on a machine with few cores; the limits are for hangs, not for speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
