/**
 * The same thing, but each call of its methods goes through `before`, which may hold it, or fail it by throwing. Every method
 * becomes async.
 */
export function through<Thing extends object>(
  thing: Thing,
  before: (method: string, given: unknown[]) => unknown,
): Thing {
  return new Proxy(thing, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return async (...given: unknown[]) => {
        await before(String(name), given);
        return Reflect.apply(member, target, given);
      };
    },
  });
}
