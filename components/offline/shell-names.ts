/** Where the page lives that reads what is kept; it holds no content itself. */
export const shellPath = '/offline'

/** The cache that holds nothing but that page. */
export const shellCache = 'dagsorden-shell'
