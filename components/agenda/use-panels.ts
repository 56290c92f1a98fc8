import { useCallback, useState } from 'react'

const isNarrow = () => window.matchMedia('(max-width: 1099px)').matches

/** Which columns show: the right one may be put away on wide screens; on narrow ones both slide in as sheets. */
export function usePanels() {
  const [outline, setOutline] = useState(false)
  const [column, setColumn] = useState(true)
  const [sheet, setSheet] = useState(false)
  const openPanel = useCallback(() => (isNarrow() ? setSheet(true) : setColumn(true)), [])
  const closePanel = useCallback(() => (isNarrow() ? setSheet(false) : setColumn(false)), [])
  const closeOutline = useCallback(() => setOutline(false), [])
  return {
    outline,
    panel: column,
    panelSheet: sheet,
    toggleOutline: () => setOutline(!outline),
    togglePanel: () => (isNarrow() ? setSheet(!sheet) : setColumn(!column)),
    openPanel,
    closePanel,
    closeOutline,
  }
}
