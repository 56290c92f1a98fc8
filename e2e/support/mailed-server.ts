import { openPostOffice, type PostOffice } from '@/lib/identity/testing/post-office.ts'
import { startServer, type TestServer } from './server.ts'

/** A server that sends real mail to a real mail server. */
export type MailedServer = { url: string; postOffice: PostOffice; dispose: () => Promise<void> }

/** Starts both; `dispose` ends both. */
export async function startMailedServer(): Promise<MailedServer> {
  const postOffice = await openPostOffice()
  const server: TestServer = await startServer({
    env: { SMTP_URL: postOffice.url, MAIL_FROM: 'dagsorden@kkr.example' },
  })
  const dispose = async () => {
    await server.dispose()
    await postOffice.close()
  }
  return { url: server.url, postOffice, dispose }
}
