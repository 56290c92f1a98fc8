// On its way when the reader's page stands, and before that not asked for: the first words must not wait for it.
const load = () => import('./send-or-keep.ts')

/** Says which meeting is being read here; what is written of it is kept where it can't be sent. Answers how to end. */
export async function writeFor(meetingId: string): Promise<() => void> {
  return (await load()).writeFor(meetingId)
}

type Written = typeof import('./send-or-keep.ts')

/** Starts a thread, or keeps it until there is a net: then its id is '' for now. Throws where neither can be. */
export const startThread: Written['startThread'] = async (input) => (await load()).startThread(input)

/** Puts a question to the secretariat, or keeps it until there is a net: then its id is '' for now. Throws as above. */
export const ask: Written['ask'] = async (input) => (await load()).ask(input)

/** Answers in a thread, or keeps the answer until there is a net: then its id is '' for now. Throws as above. */
export const reply: Written['reply'] = async (input) => (await load()).reply(input)
