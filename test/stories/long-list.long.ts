import { longListSuite } from '../support/long-list.js'

longListSuite('longer-list', 100_000)
