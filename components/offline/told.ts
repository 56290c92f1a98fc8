/** What the windows of one browser tell each other: the queue changed, something was put into it, or all is gone. */
export type Topic = 'queue' | 'written' | 'forgotten'

const channel = 'dagsorden-offline'
const here = new EventTarget()

/** Tells this window and all others. */
export function tell(topic: Topic): void {
  here.dispatchEvent(new Event(topic))
  if (typeof BroadcastChannel === 'undefined') return
  const others = new BroadcastChannel(channel)
  others.postMessage(topic)
  others.close()
}

/** Listens to this window and all others; answers how to stop. */
export function onTold(topic: Topic, listener: () => void): () => void {
  here.addEventListener(topic, listener)
  const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channel)
  if (others) others.onmessage = ({ data }) => data === topic && listener()
  return () => {
    here.removeEventListener(topic, listener)
    others?.close()
  }
}
