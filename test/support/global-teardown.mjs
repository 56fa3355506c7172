import { rmSync } from 'node:fs'

/** Stops the PostgreSQL of the run and removes its data. */
export default async function tearDown() {
  const { database, directory } = globalThis.__tesseraTest
  await database.stop()
  rmSync(directory, { recursive: true, force: true })
}
