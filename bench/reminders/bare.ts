import pg from "pg";

/**
 * What a reminder costs where nothing is thought of: claims what is due, posts a line, notes it. No pacing, no leases that are renewed,
 * no record. For comparison. Words: the database's URL, the address of Slack's API, how many at once.
 */
const [databaseUrl = "", apiUrl = "", atOnce = "8"] = process.argv.slice(2);
const BATCH = 32;
const LEASE_MS = 60_000;

const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
let isEnding = false;
process.once("SIGTERM", () => {
  isEnding = true;
});

async function claim(): Promise<{ workspace: string; id: string; name: string; record: string }[]> {
  const now = Date.now();
  const { rows } = await pool.query(
    `UPDATE connector SET lease_until = $1 WHERE (workspace, id) IN (
       SELECT workspace, id FROM connector
       WHERE due_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
       ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING workspace, id, name, record`,
    [now + LEASE_MS, now, BATCH],
  );
  return rows;
}

async function send({ workspace, id, name, record }: Awaited<ReturnType<typeof claim>>[number]) {
  const [, channel = ""] = /^slack:[^/]+\/([^/]+)/.exec(JSON.parse(record).where) ?? [];
  const answer = await fetch(`${apiUrl}chat.postMessage`, {
    method: "POST",
    headers: { Authorization: "Bearer xoxb-bench", "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ channel, text: `${name}: the report is due.` }).toString(),
  });
  await answer.text();
  await pool.query(
    "UPDATE connector SET due_at = NULL, lease_until = NULL WHERE workspace = $1 AND id = $2",
    [workspace, id],
  );
}

process.stdout.write("ready\n");
while (!isEnding) {
  const claimed = await claim();
  const left = [...claimed];
  await Promise.all(
    Array.from({ length: Number(atOnce) }, async () => {
      for (let one = left.shift(); one; one = left.shift()) await send(one);
    }),
  );
  if (claimed.length === 0) await new Promise((passed) => setTimeout(passed, 100));
}
await pool.end();
