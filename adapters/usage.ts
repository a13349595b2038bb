export const USAGE = `Connector Shepherd

  npm start [-- --data FILE]
    Slack and Teams, where the environment configures them (docs/slack.md, docs/teams.md), and otherwise the playground

  npm start -- [--now 2026-11-03T09:15] [--data FILE]
    the playground: a page on this machine that shows each answer as Slack and as Teams would

    --now    the clock begins at this moment and runs on (without a zone: yours)
    --data   a file of its own, where the connectors are kept (otherwise nothing is)
    PORT     the port (3978)
    HOST     the address (127.0.0.1)

  npm run chat -- [--json] [--now 2026-11-03T09:15] [--data FILE]
    the same assistant in this terminal

    --json   one JSON reply a line
    --now    the clock stands at this moment until /wait pushes it (without a zone: yours)
    --data   the file everything is kept in (default .shepherd/shepherd.db, or DATABASE_URL)

  DATABASE_URL=postgres://USER@HOST/DATABASE npm run migrate -- [--from FILE] [--to postgres://USER@HOST/DATABASE]
    moves everything from a SQLite file into an empty PostgreSQL database (docs/postgresql.md)

    --from   the file (default .shepherd/shepherd.db)
    --to     where to, instead of DATABASE_URL
`;

/** What was asked can't be understood. Returns the exit code. */
export function complain(why: string): number {
  process.stderr.write(`${why}\n\n${USAGE}`);
  return 2;
}

/** What is configured is wrong, a sentence each. Returns the exit code. */
export function complainOf(problems: readonly string[]): number {
  process.stderr.write(`${problems.join("\n")}\n`);
  return 2;
}

/** What was asked is clear, and not done. Returns the exit code. */
export function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

/** Why the program can't listen, if that is it. */
export function listenProblem(
  error: unknown,
  { host, port }: { host: string; port: number },
): string | undefined {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return `Port ${port} is taken, perhaps by another of these programs: choose another one, such as PORT=${port === 65_535 ? 3978 : port + 1} npm start.`;
    case "EACCES":
      return `Port ${port} may not be used here: choose another one, such as PORT=3978 npm start.`;
    case "EADDRNOTAVAIL":
      return `HOST ${host} is no address of this machine.`;
    default:
      return undefined;
  }
}
