import type { Plugin } from 'vite'

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly key?: Node & { readonly name?: string }
  readonly value?: Node
}

/** Every part of a syntax tree, the outer before the inner. */
function* parts(tree: unknown): Generator<Node> {
  if (typeof tree !== 'object' || tree === null) return
  if ('type' in tree) yield tree as Node
  for (const inner of Object.values(tree)) yield* parts(inner)
}

const isCases = ({ type, key, value }: Node): boolean => type === 'Property' && key?.name === 'cases' && value?.type === 'ArrayExpression'

/**
 * Leaves the cases of the operators, which only tests run, out of the built studio.
 * @returns the plugin of the build
 */
export function withoutCases(): Plugin {
  return {
    name: 'without-cases',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /[\\/]platform[\\/]rules[\\/]operators[\\/][a-z-]+\.ts$/ },
      handler(code) {
        const found = [...parts(this.parse(code))].filter(isCases).sort((a, b) => b.start - a.start)
        return found.reduce((text, { start, end }) => `${text.slice(0, start)}cases: []${text.slice(end)}`, code)
      },
    },
  }
}
