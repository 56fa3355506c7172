import { axeStory } from '../support/axe-story.js'

axeStory({ desk: ['en', 'zh-CN'], phone: ['en', 'zh-CN'] })
