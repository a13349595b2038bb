const PACIFIC = "America/Los_Angeles";

/** The IANA zone of this browser. */
export const READERS_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "Tue 3 Nov 2026, 18:15 GMT+1", as the assistant writes moments. */
export function momentText(at: Date, zone: string): string {
  return `${dayText(at, zone)}, ${timeText(at, zone)} ${zoneName(at, zone)}`;
}

/** "Tue 3 Nov 2026" */
export function dayText(at: Date, zone: string): string {
  const part = partsOf(at, zone);
  return `${part.weekday} ${part.day} ${part.month} ${part.year}`;
}

/** "18:15" */
export function timeText(at: Date, zone: string): string {
  const part = partsOf(at, zone);
  return `${part.hour}:${part.minute}`;
}

/** "09:15 PST"; with its weekday when the day there is another; nothing when the reader's zone has the same time. */
export function pacificText(at: Date, zone: string): string | undefined {
  const [here, there] = [partsOf(at, zone), partsOf(at, PACIFIC)];
  if (here.hour === there.hour && here.minute === there.minute && here.day === there.day) return undefined;
  const day = here.day === there.day ? "" : `${there.weekday} `;
  return `${day}${there.hour}:${there.minute} ${zoneName(at, PACIFIC)}`;
}

function zoneName(at: Date, zone: string): string {
  return partsOf(at, zone).timeZoneName ?? zone;
}

function partsOf(at: Date, zone: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const parts = formatOf(zone).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  formats.set(zone, format);
  return format;
}
