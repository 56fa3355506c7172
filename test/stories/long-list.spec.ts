import { longListSuite } from '../support/long-list.js'

longListSuite('long-list', 2_000)
