import type { Adapter, AdapterUser } from 'next-auth/adapters'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import * as store from './store.ts'

/** What next-auth may do with people: find them and keep e-mail links. It never makes a person. */
export function authAdapter(clock: Clock = systemClock): Adapter {
  return {
    getUser: async (id) => adapted(await store.findUser(db(), id)),
    getUserByEmail: async (email) => adapted(await store.findUserByEmail(db(), email)),
    getUserByAccount: async ({ provider, providerAccountId }) =>
      adapted(await store.findUserByAccount(db(), { provider, providerAccountId })),
    // next-auth only ever wants to note that the address was verified, which we do not keep.
    updateUser: async ({ id }) => {
      const user = adapted(await store.findUser(db(), id))
      if (!user) throw new Error('The person is gone')
      return user
    },
    createVerificationToken: async (token) => {
      if (!(await store.findUserByEmail(db(), token.identifier))) return null
      await store.keepToken(db(), token, clock())
      return token
    },
    useVerificationToken: ({ identifier, token }) => store.takeToken(db(), { identifier, token }),
  }
}

function adapted(person: store.Person | null): AdapterUser | null {
  return person && { id: person.id, email: person.email, name: person.name, emailVerified: null }
}
