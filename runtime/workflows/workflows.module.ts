import { Module } from '@nestjs/common'
import { PublishingModule } from '../publishing/publishing.module.js'
import { RecordsModule } from '../records/records.module.js'
import { WorkflowSteps } from './steps.js'
import { WorkflowWorker } from './worker.js'
import { WorkflowsResolver } from './workflows.resolver.js'

/** What happens by itself: events in their order, runs of workflows, and what was done to records. */
@Module({ imports: [PublishingModule, RecordsModule], providers: [WorkflowSteps, WorkflowWorker, WorkflowsResolver] })
export class WorkflowsModule {}
