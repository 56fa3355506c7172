const { register } = require('node:module')
const { fileURLToPath, pathToFileURL } = require('node:url')
const { jestExpect } = require('@jest/expect')
const { default: Runtime } = require('jest-runtime')
const { sourceMapOf } = require('./transform.cjs')

register('./hooks.mjs', pathToFileURL(__filename))

let count = 0

/** Source maps by the address of a module, looked up when a stack is shown. */
class SourceMaps extends Map {
  get(address) {
    const file = address.startsWith('file:') ? fileURLToPath(address) : address
    return /\.tsx?$/.test(file) && !file.includes('/node_modules/') ? sourceMapOf(file) : undefined
  }
}

/**
 * Loads spec files with Node's own loader, so that a worker loads the product and its libraries once and not again for
 * each file, which took longer than most files take to run. Spec files and what they share in `test/` are loaded anew
 * for each. What the product keeps in its modules outlives a spec file, as it does in a program that runs.
 */
module.exports = class SharedModules extends Runtime {
  #functions = {}
  #state = () => ({})

  setGlobalsForRuntime(globals) {
    super.setGlobalsForRuntime(globals)
    this.#functions = { ...globals, jest: this.jestGlobals.jestObjectFor(this._testPath), expect: jestExpect }
    this.#state = () => globals.expect.getState()
  }

  async unstable_importModule(path) {
    const { give } = await import('./globals.mjs')
    // `expect` is of the same realm as the values it compares; it hears from Jest's own whether golden files are rewritten
    jestExpect.setState(this.#state())
    give(this.#functions)
    return import(`${pathToFileURL(path).href}?spec=${++count}`)
  }

  getSourceMaps() {
    return new SourceMaps()
  }
}
