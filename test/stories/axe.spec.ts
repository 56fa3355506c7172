import { pages } from '../support/axe-states.js'
import { axeStory } from '../support/axe-story.js'

// markup is nearly the same in both languages and sizes; the long suite measures every state in each
axeStory({
  desk: { states: pages, languages: ['en'] },
  phone: { states: pages.filter(([name]) => !name.includes(':') || name === 'import: file'), languages: ['zh-CN'] },
})
