/** Npm passes a Ctrl-C on that the terminal has already sent: only one after that is a second one, and ends at once. */
const SAME_PRESS_MS = 500;

/** Resolves when the program is asked to end. */
export function untilStopped(): Promise<void> {
  return new Promise((done) => {
    let firstAt: number | undefined;
    const stop = () => {
      if (firstAt !== undefined && performance.now() - firstAt > SAME_PRESS_MS) process.exit(130);
      firstAt ??= performance.now();
      done();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
