import { deskStates, phonePages } from '../support/axe-states.js'
import { axeStory } from '../support/axe-story.js'

// markup is nearly the same in both languages and sizes; the long suite measures every state in each
axeStory({ desk: { states: deskStates, languages: ['en'] }, phone: { states: phonePages, languages: ['zh-CN'] } })
