import { axeStory } from '../support/axe-story.js'

// Each state is measured light and dark and in both languages on each size, but not in every combination: markup is of the language,
// colours are of the mode. All four combinations are measured by the long suite.
axeStory({
  desk: [
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ],
  phone: [
    ['zh-CN', 'light'],
    ['en', 'dark'],
  ],
})
