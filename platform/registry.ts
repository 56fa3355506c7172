/** Looks up a name that came from outside: own keys only, so `constructor` and `__proto__` are never found. */
export function lookup<T>(register: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(register, name) ? register[name] : undefined
}

/** Makes a register from things that have a name; throws when two have the same one. */
export function registerOf<T extends { readonly name: string }>(things: readonly T[]): Readonly<Record<string, T>> {
  const register: Record<string, T> = {}
  for (const thing of things) {
    if (Object.hasOwn(register, thing.name)) throw new Error(`"${thing.name}" is registered twice`)
    register[thing.name] = thing
  }
  return Object.freeze(register)
}
