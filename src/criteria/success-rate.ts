/** What response counts say. Percents are unrounded. */
export interface SuccessRate {
  /** (1xx + 2xx + 3xx) ÷ (all − throttled) in percent; undefined without traffic, or when a key is no status. */
  rate: number | undefined;
  succeeded: number;
  /** All responses that count: throttled ones are left out. */
  counted: number;
  throttled: number;
  /** The telemetry page's stricter figure (reported): (1xx + 2xx + 3xx − 4xx − 5xx) ÷ all, in percent. */
  stricter: number | undefined;
  /** Keys that are neither a status (100 to 599) nor a class (1xx to 5xx), and keys with a count below zero. */
  unreadable: string[];
}

const THROTTLED = "429";
const STATUS = /^[1-5](?:\d\d|xx)$/;

/**
 * The success rate of a connector's responses.
 *
 * @param responses count by status or class: "200", "2xx", "429". Keys add up: a response is counted under one of them,
 *   so "4xx" beside "429" means the others of that class.
 *
 * Rule: GA page, Required criteria ("The calculation doesn't include failures due to throttling").
 */
export function successRate(responses: Record<string, number>): SuccessRate {
  const unreadable: string[] = [];
  let succeeded = 0;
  let failed = 0;
  let throttled = 0;
  for (const [key, count] of Object.entries(responses)) {
    const status = key.toLowerCase();
    if (!STATUS.test(status) || !Number.isFinite(count) || count < 0) unreadable.push(key);
    else if (status === THROTTLED) throttled += count;
    else if (status < "4") succeeded += count;
    else failed += count;
  }
  const counted = succeeded + failed;
  const usable = unreadable.length === 0;
  return {
    rate: usable && counted > 0 ? (100 * succeeded) / counted : undefined,
    succeeded,
    counted,
    throttled,
    stricter:
      usable && counted + throttled > 0
        ? (100 * (succeeded - failed - throttled)) / (counted + throttled)
        : undefined,
    unreadable,
  };
}
