import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchList, benchStatus } from "./answers.ts";
import { benchDates } from "./dates.ts";
import { type Figure, print, printTable } from "./measure.ts";
import { benchProgram } from "./program.ts";

const MANY_WORKSPACES = 1000;
const CPUS = cpus();

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const names: string[] = JSON.parse(
  readFileSync(new URL("../test/fixtures/connector-names.json", import.meta.url), "utf8"),
);
const folder = mkdtempSync(join(tmpdir(), "shepherd-bench-"));

/** A bench that breaks is told and the others go on: a run is only good for what it measured. */
async function attempt(what: string, bench: () => Figure[] | Promise<Figure[]>): Promise<Figure[]> {
  process.stderr.write(`${what} …\n`);
  try {
    return await bench();
  } catch (error) {
    return [{ what, measured: error instanceof Error ? error.message : String(error), met: false }];
  }
}

print(
  `Node ${process.version} on ${CPUS.length} × ${CPUS[0]?.model ?? "an unknown processor"}, files in ${tmpdir()}`,
);
try {
  const many = values.quick ? undefined : MANY_WORKSPACES;
  const figures = [
    ...(await attempt("start and memory", () => benchProgram(folder))),
    ...(await attempt("dates", benchDates)),
    ...(await attempt("list", () => benchList(folder, names))),
    ...(await attempt(
      values.quick ? "status" : "status (a million connectors take some minutes to lay down)",
      () => benchStatus(folder, names, many),
    )),
  ];
  printTable(figures);
  const missed = figures.filter(({ met }) => met === false).length;
  const load = loadavg()[0] ?? 0;
  // This program itself is a load of one.
  if (load > CPUS.length)
    print(`Load ${load.toFixed(1)}: others were busy too, so read the times with care.`);
  print(missed === 0 ? "Every target is met." : `MISSED: ${missed} of the targets above.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// With how what is due is told under load: bench/reminders takes half an hour more.
if (!values.quick) await import("./reminders/index.ts");
