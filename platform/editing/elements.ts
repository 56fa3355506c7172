import { type Element, elementOf, elementPath } from '../definitions/index.js'

/** A definition as JSON. */
export type Json = Readonly<Record<string, unknown>>

/** The definitions of a workspace by their path, such as `objects/order`. */
export type Elements = Readonly<Record<string, Element>>

/** Definitions as a register by path; what is no definition is left out. */
export const elementsOf = (definitions: readonly unknown[]): Elements =>
  Object.fromEntries(definitions.flatMap(json => withPath(elementOf(json))))

const withPath = (element: Element | null): [string, Element][] => (element ? [[elementPath(element), element]] : [])
