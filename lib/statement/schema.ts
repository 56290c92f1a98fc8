/** What a body says of how accessible its Dagsorden is; `date` is the day of the assessment, YYYY-MM-DD. */
export type Statement = {
  body: string
  email: string
  phone: string | null
  status: 'full' | 'partial' | 'none'
  date: string
  method: 'self' | 'third-party'
  shortcomings: string | null
}
