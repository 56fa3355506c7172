/** One verb of the `tessera` program. */
export interface Command {
  readonly name: string
  /** How it is called, without the program's name. */
  readonly usage: string
  readonly summary: string
  /** Does it; gives the exit code. What it throws is shown as one message. */
  run(args: readonly string[]): Promise<number>
}

/** Writes a line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
