// Preloaded into every measured server: answers what it has used, so that all are asked the same way.
process.on('message', (question) => {
  if (question === 'collect') {
    globalThis.gc?.()
    globalThis.gc?.()
  }
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system, resident: process.memoryUsage.rss() })
})
// Being asked must not keep a server alive that was told to stop.
process.channel?.unref()
