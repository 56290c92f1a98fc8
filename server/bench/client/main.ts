import { type Answer, type CallName, callSchema, calls, type Question } from './calls.ts'
import { countSurvivors } from './count.ts'
import { Crowd } from './crowd.ts'
import { writeKeystrokes } from './keystrokes.ts'
import { openRoom, Visit } from './open.ts'
import { Replay } from './replay.ts'

/* The process the load comes from: it does what it is asked over IPC, one thing at a time. */

let crowd: Crowd | null = null
let replay: Replay | null = null
const givers: Visit[] = []

type Work = { [Name in CallName]: (question: Question<Name>) => Promise<Answer<Name>> }

const work: Work = {
  connect: async ({ target, size, atATime }) => {
    crowd = new Crowd(target, size)
    return crowd.connect(atATime)
  },
  type: (pace) => theCrowd().type(pace),
  expectLoss: async () => {
    theCrowd().expectLoss()
    return {}
  },
  comeBack: ({ patience }) => theCrowd().comeBack(patience),
  count: ({ target, ...rest }) => countSurvivors(target, { crowd: theCrowd(), ...rest }),
  give: async ({ target, room, file }) => {
    const giver = new Visit(target, { room, atLeast: 0 })
    givers.push(giver)
    await giver.opened
    await giver.give(file)
    return {}
  },
  leave: async () => {
    for (const giver of givers.splice(0)) giver.leave()
    return {}
  },
  open: ({ target, ...room }) => openRoom(target, room),
  write: ({ target, ...rest }) => writeKeystrokes(target, rest),
  beginReplay: async ({ target, ...settings }) => {
    replay = new Replay(target, settings)
    await replay.begin()
    return {}
  },
  replay: ({ seconds }) => {
    if (!replay) throw new Error('No replay has begun')
    return replay.run(seconds)
  },
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
  const known = Object.keys(calls).find((one): one is CallName => one === name)
  if (!known) throw new Error(`There is no call ${name}`)
  return answerTo(known, question)
}

function answerTo<Name extends CallName>(name: Name, question: unknown): Promise<Answer<Name>> {
  return work[name](calls[name].question.parse(question) as Question<Name>)
}

function theCrowd(): Crowd {
  if (!crowd) throw new Error('Nobody is connected')
  return crowd
}
