import { audit } from '@/lib/audit.ts'
import { type Db, transaction } from '@/lib/db.ts'
import * as store from './store.ts'

/** How somebody claims to be a known person; each claim was checked by next-auth before it gets here. */
export type Claim =
  | { by: 'demo'; userId: string }
  | { by: 'email'; email: string }
  | { by: 'oidc'; account: store.ProviderAccount; verifiedEmail: string | null }

/**
 * Lets a known person in and leaves an audit row, in one transaction; answers false for everybody else. An account
 * at the identity provider is linked at first sight to the person with its verified e-mail address.
 */
export function admit(claim: Claim): Promise<boolean> {
  return transaction(async (tx) => {
    const person = await personOf(tx, claim)
    if (!person) return false
    if (claim.by === 'oidc') await store.linkAccount(tx, person.id, claim.account)
    await audit(tx, {
      bodyId: null,
      userId: person.id,
      act: 'signed-in',
      subjectId: person.id,
      data: { by: claim.by },
    })
    return true
  })
}

async function personOf(tx: Db, claim: Claim): Promise<store.Person | null> {
  if (claim.by === 'demo') return store.findUser(tx, claim.userId)
  if (claim.by === 'email') return store.findUserByEmail(tx, claim.email)
  const linked = await store.findUserByAccount(tx, claim.account)
  if (linked || claim.verifiedEmail === null) return linked
  return store.findUserByEmail(tx, claim.verifiedEmail)
}
