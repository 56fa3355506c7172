import { axeStory } from '../support/axe-story.js'

// Light and dark and both languages are measured on a desk, a phone's markup in one look; every combination is measured by the long suite:
// markup is of the language and the size, colours are of the mode.
axeStory({
  desk: [
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ],
  phone: [['zh-CN', 'light']],
})
