import type { Deadline } from "../scheduling/deadline.ts";
import { dayAndDistance, distance, momentIn, type View } from "./times.ts";

/** A deadline in few words, for lists: "link expires Thu 5 Nov 2026, 09:15 PST, in 3 h". */
export function deadlineText(deadline: Deadline, view: View): string {
  const LABEL: Record<Deadline["kind"], string> = {
    "sas-expires": "SAS URI expires",
    "report-due": "report due",
    "link-expires": "link expires",
    wave: deadline.name ?? "wave",
    "all-regions": "all regions",
    "six-months": "six months in preview",
    "ga-due": "GA about",
  };
  const at = deadline.dayOnly
    ? dayOfDeadline(deadline, view)
    : `${momentIn(deadline.at, view)}, ${distance(deadline.at, view.now)}`;
  return `${LABEL[deadline.kind]} ${at}`;
}

/** "Fri 6 Nov 2026, in 8 days". */
export function dayOfDeadline({ at }: Deadline, view: View): string {
  return dayAndDistance(at.toISODate() ?? "", view);
}
