/** The same function, which works out each answer once; when there are too many, it begins anew. */
export function remembering<Key, Value>(work: (key: Key) => Value, most: number): (key: Key) => Value {
  const known = new Map<Key, { value: Value }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const value = work(key);
    if (known.size >= most) known.clear();
    known.set(key, { value });
    return value;
  };
}
