/** The environment for a child process: this process's own, with the given changes. */
export function childEnvironment(changes: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes }
}

/** What only tests and scripts read: a PostgreSQL server to test on, and a browser to test with. */
export function toolEnvironment(): {
  TEST_DATABASE_URL?: string | undefined
  CHROMIUM_PATH?: string | undefined
} {
  const { TEST_DATABASE_URL, CHROMIUM_PATH } = process.env
  return { TEST_DATABASE_URL, CHROMIUM_PATH }
}
