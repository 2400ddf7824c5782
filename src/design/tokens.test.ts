import { readFileSync } from 'node:fs'
import path from 'node:path'
import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accentSheet, checkAccent } from './accent.ts'
import { contrast } from './colour.ts'
import { colours, dataColours, faintPairs } from './tokens.ts'

const css = readFileSync(path.join(import.meta.dirname, 'css/tokens.css'), 'utf8')

describe('the colours', () => {
  test('contrast is as WCAG counts it', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })

  test('every text can be read on every ground it stands on, in the light and in the dark', () => {
    expect(faintPairs('light')).toEqual([])
    expect(faintPairs('dark')).toEqual([])
  })

  test('a pair that is too faint is named', () => {
    const pale = { ...colours, quiet: { light: '#aaaaaa', dark: '#b9b0a3' } }
    expect(faintPairs('light', pale)).toContainEqual(
      expect.stringMatching(/^quiet on paper is 2\.\d\d, and needs 4\.5 \(light\)$/),
    )
  })

  test('the style sheet has exactly these colours', () => {
    for (const [role, { light, dark }] of Object.entries(colours)) {
      expect(css).toContain(`--${role}: light-dark(${light}, ${dark});`)
    }
    dataColours.forEach(({ light, dark }, index) =>
      expect(css).toContain(`--data-${index}: light-dark(${light}, ${dark});`),
    )
  })

  test.each(['light', 'dark'] as const)('every data colour stands out from its ground in the %s', (scheme) => {
    for (const colour of dataColours) {
      expect(contrast(colour[scheme], colours.paper[scheme])).toBeGreaterThan(3)
      expect(contrast(colour[scheme], colours.sunk[scheme])).toBeGreaterThan(3)
    }
  })

  test.each(['light', 'dark'] as const)('no two data colours look alike to any eye in the %s', (scheme) => {
    for (const [sight, seen] of Object.entries(sights)) {
      const all = dataColours.map((colour) => seen(colour[scheme]))
      all.forEach((one, index) =>
        all.slice(index + 1).forEach((other, next) => {
          const pair = `${dataColours[index]?.[scheme]} and ${dataColours[index + 1 + next]?.[scheme]} (${sight})`
          expect(Math.hypot(...one.map((value, at) => value - (other[at] as number))), pair).toBeGreaterThan(0.075)
        }),
      )
    }
  })
})

describe("an operator's accent", () => {
  test('ours passes, and needs no style sheet of its own', () => {
    expect(checkAccent('#A8123E')).toMatchObject({ passes: true, colours: { accent: { dark: '#ff8fa6' } } })
    expect(accentSheet('#a8123e')).toBe('')
  })

  test('one too pale for paper is refused, with the nearest of its hue that passes and the reason', () => {
    const answer = checkAccent('#ffd400')
    if (answer.passes) throw new Error('It passed')
    expect(answer.why).toContain('accent on paper is')
    expect(checkAccent(answer.nearest).passes).toBe(true)
  })

  test('what is not a colour is refused', () => {
    expect(checkAccent('crimson')).toMatchObject({
      passes: false,
      why: expect.stringContaining('six figures') as string,
    })
  })

  test('a colour that passes can be set, in both schemes', () => {
    expect(accentSheet('#1d4f91')).toMatch(
      /^@layer tokens\{:root\{--accent:light-dark\(#1d4f91,#[0-9a-f]{6}\);--on-accent:/,
    )
    expect(() => accentSheet('#ffd400')).toThrow('The nearest that can is #')
  })

  test('for every colour there is either a pass or a nearest that passes', () => {
    assert(
      property(integer({ min: 0, max: 0xffffff }), (value) => {
        const answer = checkAccent(`#${value.toString(16).padStart(6, '0')}`)
        return answer.passes || checkAccent(answer.nearest).passes
      }),
      { numRuns: 60 },
    )
  })
})

/** What is seen of a colour, in OKLab, with each kind of sight: Machado, Oliveira and Fernandes 2009, at full severity. */
const sights = Object.fromEntries(
  Object.entries({
    'full sight': [1, 0, 0, 0, 1, 0, 0, 0, 1],
    protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
    tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  }).map(([sight, matrix]) => [sight, (colour: string) => labOf(linearOf(colour), matrix)]),
)

const linearOf = (colour: string): number[] =>
  [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })

function labOf(linear: number[], matrix: number[]): number[] {
  const by = (rows: number[], values: number[]) =>
    [0, 3, 6].map((row) => [0, 1, 2].reduce((sum, at) => sum + (rows[row + at] as number) * (values[at] as number), 0))
  const cones = by(
    [0.4122, 0.5363, 0.0514, 0.2119, 0.6807, 0.1074, 0.0883, 0.2817, 0.63],
    by(matrix, linear).map((value) => Math.min(1, Math.max(0, value))),
  )
  return by([0.2105, 0.7936, -0.0041, 1.978, -2.4286, 0.4506, 0.0259, 0.7828, -0.8087], cones.map(Math.cbrt))
}
