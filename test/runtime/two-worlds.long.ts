import { describeTwoWorlds } from './two-worlds-suite.js'

describeTwoWorlds()
