import { moveFile } from "../src/store/move.ts";

/**
 * Moves a SQLite file (`from`) into an empty PostgreSQL database (`to`, its URL), and `say`s how it goes. Rejects with
 * `StoreError`; then the database is as empty as it was, and the file untouched.
 */
export async function moveStore(from: string, to: string, say: (line: string) => void): Promise<void> {
  let target = "";
  await moveFile(from, to, (step) => {
    if (step.what === "begun") {
      target = step.to;
      say(`Moving everything from ${step.from} to ${step.to}.`);
    } else {
      say(`${step.table}: ${step.rows} ${step.rows === 1 ? "row" : "rows"} ${step.what}`);
    }
  });
  say(
    `Everything is in ${target} as it was in the file. Start with DATABASE_URL naming it from now on, and give the file another name: it is a backup now.`,
  );
}
