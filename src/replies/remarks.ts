import type { Block } from "../reply.ts";
import type { Remark } from "../scheduling/rollout.ts";
import { plural, text } from "./parts.ts";
import { closedText, dayText, shortDay } from "./times.ts";

/** Remarks on a rollout as notes: holidays and freezes crossed, the risk of a Thursday. */
export function remarkBlocks(remarks: readonly Remark[]): Block[] {
  return remarkTexts(remarks).map(({ sort, sentence }) =>
    sort === "fact" ? text(sentence) : { kind: "note", sort, spans: [sentence] },
  );
}

interface RemarkText {
  sort: "fact" | "settled" | "reported" | "warning";
  sentence: string;
}

/** Remarks on a rollout as sentences; days that are closed for the same reason stand together. */
export function remarkTexts(remarks: readonly Remark[]): RemarkText[] {
  const texts: RemarkText[] = [];
  const skippedFridays = remarks.filter((one) => one.kind === "friday-skipped");
  const skippedDays = remarks.filter((one) => one.kind === "day-skipped");
  const first = skippedFridays[0];
  if (first) {
    texts.push({
      sort: "settled",
      sentence: `${groupDays(skippedFridays)} ${skippedFridays.length === 1 ? "is" : "are"} passed over; the page is silent on closed Fridays, so the start could also be the next business day, ${dayText(first.earliest)}, at the earliest.`,
    });
  }
  if (skippedDays.length > 0) {
    texts.push({ sort: "fact", sentence: `No wave on ${groupDays(skippedDays)}.` });
  }
  for (const remark of remarks) {
    const { kind } = remark;
    if (kind === "at-risk") {
      texts.push({
        sort: "warning",
        sentence:
          "Go live on a Thursday leaves less than a day; the next day's start is at risk (the page once asked for 24 hours' notice).",
      });
    }
    if (kind === "confirmed-on-friday") {
      texts.push({ sort: "settled", sentence: "Go live on a Friday counts for the next week's Friday." });
    }
    if (kind === "start-from-microsoft") {
      texts.push({
        sort: "fact",
        sentence: "The start is the date Microsoft named; the waves after it follow the page's daily order.",
      });
    }
    if (remark.kind === "start-from-microsoft" && remark.closed) {
      texts.push({
        sort: "warning",
        sentence: `that start is a day on which the page says nothing is deployed (${closedText(remark.closed)}); check it with Microsoft.`,
      });
    }
    if (remark.kind === "last-wave-late") {
      texts.push({
        sort: "settled",
        sentence: `three to four weeks are the page's usual time; by the order of the waves the last one is not before ${dayText(remark.on)}.`,
      });
    }
    if (kind === "freeze-likely") {
      texts.push({
        sort: "reported",
        sentence:
          "Microsoft has frozen deployments around Thanksgiving and from late November to early January; ask your Microsoft contact whether these dates hold.",
      });
    }
  }
  return texts;
}

function groupDays(days: readonly Extract<Remark, { day: string }>[]): string {
  const groups = Map.groupBy(days, ({ why }) => closedText(why));
  return [...groups]
    .map(([why, [first, ...more]]) => {
      if (!first) return "";
      const last = more.at(-1);
      return last
        ? `${shortDay(first.day)} to ${dayText(last.day)} (${why}, ${plural(more.length + 1, "day")})`
        : `${dayText(first.day)} (${why})`;
    })
    .join(", ");
}
