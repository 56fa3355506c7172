import { axeStory } from '../support/axe-story.js'

// markup is nearly the same in both languages; the long suite measures each language on each size
axeStory({ desk: ['en'], phone: ['zh-CN'] })
