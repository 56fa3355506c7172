import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionSetNode,
} from 'graphql'

/** What a selection is read with: the fragments of its document and the variables of the request. */
export interface Reading {
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  readonly variables: Readonly<Record<string, unknown>>
}

/** One field of an answer: its key, its name, every place in the document that asks for it. */
export interface Asked {
  readonly key: string
  readonly name: string
  readonly nodes: readonly FieldNode[]
}

/**
 * The fields that selections ask for, in the order of the answer, fragments opened and `@skip` and `@include` obeyed
 * (GraphQL, section 6.3.2).
 * @param fits whether a fragment on a type is meant; only below a union there are others
 */
export function collect(
  sets: readonly (SelectionSetNode | undefined)[],
  reading: Reading,
  fits: (type: string) => boolean = () => true,
): Asked[] {
  const found = new Map<string, { name: string; nodes: FieldNode[] }>()
  for (const set of sets) if (set) gather(set, { ...reading, fits }, found, new Set())
  return [...found].map(([key, { name, nodes }]) => ({ key, name, nodes }))
}

/** The fields below a field. */
export const below = (asked: Asked, reading: Reading, fits?: (type: string) => boolean): Asked[] =>
  collect(
    asked.nodes.map(node => node.selectionSet),
    reading,
    fits,
  )

function gather(
  set: SelectionSetNode,
  reading: Reading & { readonly fits: (type: string) => boolean },
  found: Map<string, { name: string; nodes: FieldNode[] }>,
  opened: Set<string>,
): void {
  for (const selection of set.selections) {
    if (getDirectiveValues(GraphQLSkipDirective, selection, reading.variables)?.if === true) continue
    if (getDirectiveValues(GraphQLIncludeDirective, selection, reading.variables)?.if === false) continue
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value
      const entry = found.get(key)
      if (entry) entry.nodes.push(selection)
      else found.set(key, { name: selection.name.value, nodes: [selection] })
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (reading.fits(selection.typeCondition?.name.value ?? '')) gather(selection.selectionSet, reading, found, opened)
    } else if (!opened.has(selection.name.value)) {
      opened.add(selection.name.value)
      const fragment = reading.fragments[selection.name.value]
      if (fragment && reading.fits(fragment.typeCondition.name.value)) gather(fragment.selectionSet, reading, found, opened)
    }
  }
}
