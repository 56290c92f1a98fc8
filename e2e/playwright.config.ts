import { defineConfig } from '@playwright/test'
import { systemChromium } from './support/chromium.ts'

const executablePath = systemChromium()

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './support/template.ts',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  projects: [
    { name: 'e2e', testMatch: '*.spec.ts', testIgnore: ['screenshots.spec.ts', 'trace.spec.ts'] },
    { name: 'screenshots', testMatch: 'screenshots.spec.ts' },
    { name: 'trace', testMatch: 'trace.spec.ts' },
  ],
  use: {
    locale: 'da-DK',
    timezoneId: 'Europe/Copenhagen',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
