export { type Assistant, createAssistant } from "./assistant.ts";
export { calendarText } from "./calendar-file.ts";
export {
  machineClock,
  machineZone,
  type ShiftedClock,
  type StandingClock,
  shiftedClock,
  standingClock,
} from "./clock.ts";
export { COMMAND_NAMES, COMMANDS, type Command, type CommandName } from "./commands/command.ts";
export {
  type Config,
  type ModelConfig,
  readConfig,
  readModelConfig,
  readSlackConfig,
  readTeamsConfig,
  type SlackConfig,
  type TeamsConfig,
} from "./config.ts";
export { Evidence } from "./criteria/evidence.ts";
export { type Readiness, readiness, type Verdict } from "./criteria/readiness.ts";
export { type SuccessRate, successRate } from "./criteria/success-rate.ts";
export { type WrittenFile, writtenFile } from "./files.ts";
export { type Admission, createFloodGate } from "./flood.ts";
export type { Address, Incoming, Person, Said, WorkspaceId } from "./incoming.ts";
export { createLog, factsOf } from "./log.ts";
export { drawTimeline } from "./pictures/timeline.ts";
export type {
  Clock,
  Delivery,
  Links,
  Log,
  Messenger,
  Meter,
  SendingWay,
  Shelf,
  Store,
  Tempo,
  Turnstile,
} from "./ports.ts";
export { StoreError } from "./ports.ts";
export { CHOOSABLE } from "./questions/choosable.ts";
export { type Match, type MatchContext, match } from "./questions/match.ts";
export type { TopicId } from "./questions/topic.ts";
export { TOPICS } from "./questions/topics.ts";
export { remembering } from "./remembering.ts";
export { plainText, spansText } from "./replies/plain.ts";
export { clip, head, isBlank, oneLine, printable } from "./replies/printable.ts";
export {
  elsewhereReply,
  faultReply,
  guestReply,
  notInstalledReply,
  sharedOutsideReply,
  storeDownReply,
  tooManyReply,
  unknownPressReply,
  unseenChannelReply,
  uploadFailedReply,
  withoutFiles,
} from "./replies/refusals.ts";
export { withoutChannel } from "./replies/reminder.ts";
export { momentText, pacificText } from "./replies/times.ts";
export type {
  Block,
  Button,
  CalendarEvent,
  CalendarFile,
  Citation,
  Form,
  Input,
  Mark,
  Pressed,
  Reply,
  ReplyFile,
  Span,
  Spans,
  Timeline,
} from "./reply.ts";
export { businessCalendar, type Calendar, pacificDay } from "./scheduling/calendar.ts";
export { placeToWave } from "./scheduling/places.ts";
export { type TestWindow, testWindow } from "./scheduling/test-window.ts";
export { readDuration, readWhen, type When } from "./scheduling/when.ts";
export { PACIFIC } from "./scheduling/zones.ts";
export { withoutSecrets } from "./secrets.ts";
export type { Reminded, Reminding } from "./tick.ts";
export type { Needs } from "./workspace.ts";

import type { DateTime } from "luxon";
import { remarkTexts } from "./replies/remarks.ts";
import type { Calendar } from "./scheduling/calendar.ts";
import { rollout as planRollout, type Rollout } from "./scheduling/rollout.ts";

/**
 * When a connector reaches which regions.
 *
 * @param goLiveAt when Go live was confirmed, in any zone
 * @param startsOn the start date Microsoft named (ISO, Pacific); it overrides the computed one
 * @returns ISO dates in Pacific time; `notes`: what a reader must know beside them, a sentence each; `remarks`: the same as data
 * @throws RangeError when `goLiveAt` is invalid or `startsOn` no ISO date
 *
 * Rule: certification page, Production deployment and Region deployment.
 */
export function rollout(
  goLiveAt: DateTime,
  calendar: Calendar,
  startsOn?: string,
): Rollout & { notes: string[] } {
  const planned = planRollout(goLiveAt, calendar, startsOn);
  return { ...planned, notes: remarkTexts(planned.remarks).map(({ sentence }) => sentence) };
}
