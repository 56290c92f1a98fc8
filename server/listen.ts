import { createServer, type Server } from 'node:http'
import { StartRefusal } from '@/prisma/refusal.ts'

/** How many connections the system may hold for us that we have not taken yet; it may hold fewer. */
const backlog = 4 * 1024

/** Makes a server that cuts off who opens a connection and says nothing, or only half, for `patience` ms. */
export function patientServer(patience = 10_000): Server {
  return createServer({ headersTimeout: patience, connectionsCheckingInterval: patience / 10 })
}

/** Listens, or throws StartRefusal with one sentence when the address can't be had. */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      reject(new StartRefusal(sentence(error, host, port), { cause: error }))
    server.once('error', fail)
    // The default of 511 is full at once when everybody comes back; who finds it full tries again seconds later.
    server.listen({ port, host, backlog }, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

function sentence(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use; stop what uses it or set PORT to another.`
  if (error.code === 'EACCES') return `This user may not listen on port ${port}; set PORT to 1024 or more.`
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `HOST ${host} is not an address of this machine.`
  return `Can't listen on ${host}, port ${port}: ${error.message}.`
}

/** Stops taking connections and waits for the requests under way; what is left after `patience` ms is cut off. */
export function stopListening(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), patience)
    // A browser keeps its connection after the answer; Node closes only those idle at the moment it is asked.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(timer)
      clearInterval(sweep)
      resolve()
    })
  })
}
