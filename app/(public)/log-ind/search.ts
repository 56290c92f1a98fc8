import { returnPath } from '@/lib/identity/service.ts'

/** What Next hands a page of its query string. */
export type Search = Record<string, string | string[] | undefined>

/** Reads the query of the sign-in page; where to go afterwards is always a path of this site. */
export function signInSearch(search: Search): {
  callbackUrl: string
  error: string | undefined
  message: string | undefined
} {
  return {
    callbackUrl: returnPath(one(search.callbackUrl)),
    error: one(search.error),
    message: one(search.besked),
  }
}

/** The first value of a parameter. */
export function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}
