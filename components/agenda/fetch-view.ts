import type { MeetingTopic } from '@/lib/sync/messages.ts'

/** This person may not read the meeting, or not any more. */
export class ViewRefused extends Error {}

/** Reads one of a meeting's views anew from the server: a topic, or the edition of a number or the last. */
export async function fetchView<T>(
  meetingId: string,
  topic: MeetingTopic | 'edition' | `edition?number=${number}`,
): Promise<T> {
  const response = await fetch(`/api/meetings/${meetingId}/${topic}`, { cache: 'no-store' })
  if (response.ok) return response.json()
  const said = `${topic} answered ${response.status}`
  throw [401, 403, 404].includes(response.status) ? new ViewRefused(said) : new Error(said)
}
