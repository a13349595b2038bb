import { STAGE } from "../lifecycle/stages.ts";
import type { Block, Reply } from "../reply.ts";
import { deadlineText } from "./deadline.ts";
import { WHAT } from "./help.ts";
import { outlook } from "./outlook.ts";
import { about, buttons, facts, plural, reply, say, sentence, text } from "./parts.ts";
import { silenceMark } from "./silence.ts";
import type { View } from "./times.ts";
import { type Entry, gaText, PAGE, urgencyText } from "./workspace.ts";

/** A screen to come back to: every connector with what is likely next, the most urgent first. */
export function portfolioReply(entries: readonly Entry[], page: number, view: View): Reply {
  const track = say("Track a connector", "track", "track");
  const help = say("Help", "help", "help");
  const [urgent] = entries;
  if (!urgent) {
    return reply("No connector is tracked here yet.", text(WHAT), buttons(track, help));
  }
  const shown = entries.slice((page - 1) * PAGE, page * PAGE);
  const left = entries.length - page * PAGE;
  return reply(
    sentence`${plural(entries.length, "connector")}; ${urgencyText(urgent, view)}.`,
    ...shown.flatMap((entry) => partOf(entry, view)),
    left > 0 ? text(`… and ${left} more.`) : undefined,
    buttons(
      track,
      page > 1 ? turn("Before", page - 1) : undefined,
      left > 0 ? turn("More", page + 1) : undefined,
      say("Settings", "settings", "settings"),
      help,
    ),
  );
}

function turn(label: string, page: number) {
  return say(label, `list ${page}`, "portfolio", { page: String(page) });
}

function partOf({ connector, current, deadline, verdict }: Entry, view: View): (Block | undefined)[] {
  const [likely, other] = outlook(connector, current, view).buttons;
  return [
    facts(
      [
        `${connector.name}${silenceMark(connector, view)}`,
        `${STAGE[current.stage].name}${current.updating ? " (update)" : ""}`,
      ],
      ["Next date", current.expired ? "resubmit" : deadline ? deadlineText(deadline, view) : "none"],
      ["GA", gaText(current, verdict)],
    ),
    buttons(likely, other, about(connector, "status", "Status")),
  ];
}
