import { expect, test } from 'vitest'
import { counter, exposition, gauge, Histogram, processFigures } from './metrics.ts'

test('[R92] figures are written as Prometheus reads them', () => {
  const histogram = new Histogram([0.1, 1])
  for (const value of [0.05, 0.1, 0.5, 3]) histogram.observe(value)
  const text = exposition([
    gauge('rooms', 'Open rooms.', 3),
    {
      name: 'refusals_total',
      help: 'Refused.',
      kind: 'counter',
      samples: [{ labels: { code: 503 }, value: 2 }],
    },
    { name: 'save_seconds', help: 'Saves.', histograms: [{ labels: { store: 'embedded' }, histogram }] },
  ])
  expect(text).toBe(
    [
      '# HELP rooms Open rooms.',
      '# TYPE rooms gauge',
      'rooms 3',
      '# HELP refusals_total Refused.',
      '# TYPE refusals_total counter',
      'refusals_total{code="503"} 2',
      '# HELP save_seconds Saves.',
      '# TYPE save_seconds histogram',
      'save_seconds_bucket{store="embedded",le="0.1"} 2',
      'save_seconds_bucket{store="embedded",le="1"} 3',
      'save_seconds_bucket{store="embedded",le="+Inf"} 4',
      'save_seconds_sum{store="embedded"} 3.65',
      'save_seconds_count{store="embedded"} 4',
      '',
    ].join('\n'),
  )
})

test('[R92] the delay of the event loop is that since the last time it was asked', async () => {
  const read = processFigures('test')
  const worst = () =>
    read()
      .find(({ name }) => name === 'test_event_loop_delay_seconds')
      ?.samples.find(({ labels }) => labels?.quantile === 1)?.value ?? Number.NaN
  const turns = () => new Promise((resolve) => setTimeout(resolve, 60))
  worst()
  await turns()
  const until = performance.now() + 300
  while (performance.now() < until);
  await turns()
  expect(worst()).toBeGreaterThan(0.2)
  expect(exposition([...read(), counter('c', 'c', 1)])).toMatch(/test_resident_bytes [1-9]\d+/)
})
