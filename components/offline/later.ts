'use client'

import { type ComponentType, lazy } from 'react'

// Rarely is there anything to show, and where it can't be loaded nothing is: the page goes on without it.
function later<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(() => load().then(asDefault, () => asDefault<Props>(() => null)))
}

function asDefault<Props>(component: ComponentType<Props>) {
  return { default: component }
}

export const Waiting = later(async () => (await import('./waiting.tsx')).Waiting)
export const KeptLine = later(async () => (await import('./kept-line.tsx')).KeptLine)
export const Keeper = later(async () => (await import('./keeper.tsx')).Keeper)
