const { default: Sequencer } = require('@jest/test-sequencer')

/** The folders of tests, those whose files take longest first: a long file that begins last leaves a core idle. */
const folders = ['stories', 'runtime', 'studio', 'platform']

/** Where no run has told yet how long files take, Jest goes by their size, which says little here. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => folders.findIndex(folder => path.includes(`/test/${folder}/`))
    return super.sort(tests).sort((left, right) => rank(left) - rank(right))
  }
}
