'use client'

import { Suspense, useEffect, useState } from 'react'
import { Keeper } from './later.ts'

/** Keeps what a signed-in person may read without a net; begins when the page stands. */
export function OfflineKeeper({ userId }: { userId: string }) {
  const [hasLoaded, setHasLoaded] = useState(false)
  useEffect(() => {
    const begin = () => setHasLoaded(true)
    if (document.readyState === 'complete') return begin()
    window.addEventListener('load', begin, { once: true })
    return () => window.removeEventListener('load', begin)
  }, [])
  return <Suspense>{hasLoaded && <Keeper userId={userId} />}</Suspense>
}
