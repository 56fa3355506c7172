/** Up to here records are counted when a rough number is asked for; beyond it the planner's estimate is good enough. */
export const countedUpTo = 10_000
