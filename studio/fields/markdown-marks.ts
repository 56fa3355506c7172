/** What stands before and behind the chosen text; of `line` before each of its lines. */
export interface Marks {
  before: string
  behind: string
  line?: boolean
}

/** The text with marks laid on what is chosen, and what is chosen then. */
export function marked(
  text: string,
  from: number,
  to: number,
  { before, behind, line }: Marks,
): { text: string; from: number; to: number } {
  if (!line) {
    const chosen = text.slice(from, to)
    return {
      text: `${text.slice(0, from)}${before}${chosen}${behind}${text.slice(to)}`,
      from: from + before.length,
      to: to + before.length,
    }
  }
  const start = text.lastIndexOf('\n', from - 1) + 1
  const lines = text.slice(start, to).split('\n')
  const all = lines.map(one => `${before}${one}`).join('\n')
  return { text: `${text.slice(0, start)}${all}${text.slice(to)}`, from: from + before.length, to: to + before.length * lines.length }
}
