const danish = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short' })

/** What a query asks for to find the memberships whose term holds on a day (midnight UTC), both ends included. */
export function inTerm(today: Date) {
  return { termFrom: { lte: today }, OR: [{ termTo: null }, { termTo: { gte: today } }] }
}

/** The Danish calendar day of a moment, as midnight UTC: the shape in which terms are kept. */
export function dayOf(moment: Date): Date {
  return new Date(`${danish.format(moment)}T00:00:00Z`)
}

/** A day kept as midnight UTC, written "2026-12-24". */
export function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10)
}
