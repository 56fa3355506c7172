import { deskStates, phoneStates } from '../support/axe-states.js'
import { axeStory } from '../support/axe-story.js'

axeStory({ desk: { states: deskStates, languages: ['en', 'zh-CN'] }, phone: { states: phoneStates, languages: ['en', 'zh-CN'] } })
