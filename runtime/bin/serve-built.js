/** Serves what is built, without looking at the sources: for `npm run dev`, where the compiler watches. */
const { runCommand } = await import('../dist/commands/index.js')
process.exitCode = await runCommand(['serve', ...process.argv.slice(2)])
