import { expect, test } from 'vitest'
import { personColour } from './colour.ts'

/** WCAG 2 relative luminance of a #rrggbb colour. */
function luminance(hex: string): number {
  const part = (at: number) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

const colours = new Set(Array.from({ length: 500 }, (_, at) => personColour(`user-${at}`)))

test('a person keeps their colour, and a few people seldom share one', () => {
  expect(personColour('user-1')).toBe(personColour('user-1'))
  expect(colours.size).toBe(10)
})

test.each([...colours])('%s stands out from white by 4.5:1', (colour) => {
  expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThanOrEqual(4.5)
})
