'use client'

import { createContext } from 'react'

/** What a page does at once when the reader changed a thread themselves, rather than wait to be told. */
export const ThreadsChangedContext = createContext<() => void>(() => {})
