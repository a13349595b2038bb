import { z } from "zod";
import { keptObject } from "../kept-object.ts";

const percent = z.number().min(0).max(100);
const count = z.number().int().nonnegative();

/**
 * What a publisher knows about a connector. Percents are written as 99.95. A field that is absent is unknown, never
 * a pass or a fail. `responses` counts by status or class ("200", "2xx", "429"), each response in one key only, and
 * wins over `success`. `users`: one number for all three weeks, or one a week. `liveSince`: ISO date, Pacific.
 */
export const Evidence = keptObject({
  backend: z.boolean().optional(),
  availability: percent.optional(),
  slo: percent.optional(),
  success: percent.optional(),
  responses: z.record(z.string(), count).optional(),
  support: z.boolean().optional(),
  users: z.union([count, z.tuple([count, count, count])]).optional(),
  connections: count.optional(),
  liveSince: z.iso.date().optional(),
  customerRequires: z.boolean().optional(),
});
export type Evidence = z.infer<typeof Evidence>;
