import { axeStory, type Drawn } from '../support/axe-story.js'

const everyLook: readonly Drawn[] = [
  ['en', 'light'],
  ['en', 'dark'],
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
]

axeStory({ desk: everyLook, phone: everyLook })
