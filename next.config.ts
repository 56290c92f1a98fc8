import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // One copy of each of these for the custom server and for Next's routes.
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@prisma/client',
    '@prisma/adapter-pg',
    'pg',
    'yjs',
    'y-protocols',
    'lib0',
    '@tiptap/y-tiptap',
    'pino',
    'nodemailer',
  ],
}

export default createNextIntlPlugin('./lib/i18n/request.ts')(config)
