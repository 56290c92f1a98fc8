const danish = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short' })

/** The Danish calendar day of a moment, as midnight UTC: the shape in which terms are kept. */
export function dayOf(moment: Date): Date {
  return new Date(`${danish.format(moment)}T00:00:00Z`)
}
