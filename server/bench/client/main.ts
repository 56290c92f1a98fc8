import { type Answer, type CallName, callSchema, calls, type Question } from './calls.ts'
import { Crowd } from './crowd.ts'
import { giveDocument, openRoom } from './open.ts'

/* The process the load comes from: it does what it is asked over IPC, one thing at a time. */

let crowd: Crowd | null = null

const work: { [Name in CallName]: (question: Question<Name>) => Promise<Answer<Name>> } = {
  connect: async ({ target, size, atATime }) => {
    crowd?.drop()
    crowd = new Crowd(target, size)
    return crowd.connect(atATime)
  },
  type: (question) => theCrowd().type(question),
  drop: async () => {
    crowd?.drop()
    crowd = null
    return {}
  },
  give: ({ target, ...rest }) => giveDocument(target, rest),
  open: ({ target, room }) => openRoom(target, room),
}

process.on('message', async (message) => {
  const { id, name, question } = callSchema.parse(message)
  try {
    process.send?.({ id, answer: await perform(name, question), error: null })
  } catch (error) {
    process.send?.({ id, answer: null, error: error instanceof Error ? error.message : String(error) })
  }
})
process.on('disconnect', () => process.exit(0))

function perform(name: string, question: unknown): Promise<unknown> {
  switch (name) {
    case 'connect':
      return work.connect(calls.connect.question.parse(question))
    case 'type':
      return work.type(calls.type.question.parse(question))
    case 'drop':
      return work.drop(calls.drop.question.parse(question))
    case 'give':
      return work.give(calls.give.question.parse(question))
    case 'open':
      return work.open(calls.open.question.parse(question))
    default:
      throw new Error(`There is no call ${name}`)
  }
}

function theCrowd(): Crowd {
  if (!crowd) throw new Error('Nobody is connected')
  return crowd
}
