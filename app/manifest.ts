import type { MetadataRoute } from 'next'
import { messages } from '@/lib/i18n/messages.ts'

/** What an installed Dagsorden is called and looks like, in Danish: it is asked for without anybody's language. */
export default function manifest(): MetadataRoute.Manifest {
  const { product, description } = messages.da.common
  return {
    id: '/',
    name: product,
    short_name: product,
    description,
    lang: 'da',
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#fbfaf7',
    theme_color: '#fbfaf7',
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  }
}
