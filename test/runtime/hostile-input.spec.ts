import { describeHostileInput } from './hostile-input-suite.js'

describeHostileInput()
