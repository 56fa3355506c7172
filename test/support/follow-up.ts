/** A small trade with a workflow: whenever a deal is won, a task follows. */
export const followUp = [
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      stage: { type: 'select', label: 'Stage', options: [{ value: 'open' }, { value: 'won' }, { value: 'lost' }], default: 'open' },
      cost: { type: 'integer', label: 'Cost' },
      party: { type: 'lookup', label: 'Party', to: 'party', inverse: 'deals' },
    },
  },
  { object: 'party', plural: 'parties', label: 'Party', title: 'name', fields: { name: { type: 'text', label: 'Name', required: true } } },
  {
    object: 'task',
    plural: 'tasks',
    label: 'Task',
    title: 'subject',
    fields: {
      subject: { type: 'text', label: 'Subject', required: true, maxLength: 60 },
      deal: { type: 'lookup', label: 'Deal', to: 'deal', inverse: 'tasks' },
      due: { type: 'date', label: 'Due' },
    },
  },
  {
    workflow: 'taskOnWin',
    label: 'Follow up after a win',
    on: { object: 'deal', event: 'updated', fields: ['stage'] },
    when: { and: [{ '==': [{ var: 'record.stage' }, 'won'] }, { '!=': [{ var: 'before.stage' }, 'won'] }] },
    steps: [
      {
        do: 'create',
        object: 'task',
        values: {
          subject: { cat: ['Call ', { var: 'record.party.name' }, ' about ', { var: 'record.name' }] },
          deal: { var: 'record.id' },
          due: { addDays: [{ var: 'today' }, 3] },
          owner: { var: 'record.owner' },
        },
      },
    ],
  },
]

/** Asks until the answer fits; throws the last answer when it never does. */
export async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean, patience = 60_000): Promise<T> {
  const deadline = Date.now() + patience
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
