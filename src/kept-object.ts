import { z } from "zod";

/**
 * An object as it is kept. What a later version of us added to it is kept with it, unread, so that versions can run beside each
 * other while one replaces the other. The types tell only what we know: nobody here should read more.
 */
export function keptObject<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.looseObject(shape) as unknown as ReturnType<typeof z.object<Shape>>;
}
