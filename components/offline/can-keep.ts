/** Can this browser keep anything safely? Only on a secure address, and not where storage is refused. */
export function canKeep(): boolean {
  return (
    typeof indexedDB !== 'undefined' && globalThis.isSecureContext === true && navigator.locks !== undefined
  )
}
