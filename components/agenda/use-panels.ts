import { useCallback, useState, useSyncExternalStore } from 'react'

const narrow = '(max-width: 1099px)'
const isNarrow = () => window.matchMedia(narrow).matches

function onWidth(listener: () => void): () => void {
  const query = window.matchMedia(narrow)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Which columns show: the right one may be put away on wide screens; on narrow ones both slide in as sheets. */
export function usePanels() {
  const [outline, setOutline] = useState(false)
  const [column, setColumn] = useState(true)
  const [sheet, setSheet] = useState(false)
  const asSheet = useSyncExternalStore(onWidth, isNarrow, () => false)
  const openPanel = useCallback(() => (isNarrow() ? setSheet(true) : setColumn(true)), [])
  const closePanel = useCallback(() => (isNarrow() ? setSheet(false) : setColumn(false)), [])
  const closeOutline = useCallback(() => setOutline(false), [])
  return {
    outline,
    panel: asSheet ? sheet : column,
    column,
    panelSheet: asSheet && sheet,
    toggleOutline: () => setOutline(!outline),
    togglePanel: () => (isNarrow() ? setSheet(!sheet) : setColumn(!column)),
    openPanel,
    closePanel,
    closeOutline,
  }
}
