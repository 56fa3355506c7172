import type { ReportBug } from '../error-answer.js'

/** Where bugs of requests are reported; the token of Nest. */
export class BugReport {
  constructor(readonly report: ReportBug) {}
}
