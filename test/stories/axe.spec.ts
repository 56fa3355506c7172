import { axeStory } from '../support/axe-story.js'

// what a phone has less or other than a desk is the same in both languages; the long suite measures both
axeStory({ desk: ['en', 'zh-CN'], phone: ['zh-CN'] })
