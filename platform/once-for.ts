/**
 * A function over a frozen value, such as an object or a model, that is worked out once for each and kept as long as that lives.
 * For what every row of a write would otherwise find out anew.
 */
export function onceFor<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const known = new WeakMap<Key, { readonly made: T }>()
  return key => {
    const found = known.get(key)
    if (found) return found.made
    const made = make(key)
    known.set(key, { made })
    return made
  }
}
