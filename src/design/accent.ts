/** An operator's own accent: whether it can be read in both schemes, and the style sheet that sets it. */
import { atLightness, lightnessOf, mix } from './colour.ts'
import { colours, faintPairs, type Scheme } from './tokens.ts'

type Colours = Record<Scheme, string>

/** The three roles that follow from an accent. */
export interface AccentColours {
  accent: Colours
  'on-accent': Colours
  'accent-soft': Colours
}

export type AccentAnswer = { passes: true; colours: AccentColours } | { passes: false; nearest: string; why: string }

/** Accepts an accent that can be read wherever it is used, in both schemes, or names the nearest of its hue that can. */
export function checkAccent(hex: string): AccentAnswer {
  const accent = hex.toLowerCase()
  if (!/^#[0-9a-f]{6}$/.test(accent)) {
    return {
      passes: false,
      nearest: colours.accent.light,
      why: `${hex} is not a colour: write six figures, like #a8123e`,
    }
  }
  const derived = coloursOf(accent)
  const faint = faintWith(derived)
  if (faint.length === 0) return { passes: true, colours: derived }
  return { passes: false, nearest: nearestTo(accent), why: faint.join('; ') }
}

/** An accent that cannot be read; the message names the nearest that can. */
export class WrongAccent extends Error {
  override name = 'WrongAccent'
}

/** The style sheet that sets an accent that passes; empty for the accent we have anyway. */
export function accentSheet(hex: string): string {
  if (hex.toLowerCase() === colours.accent.light) return ''
  const answer = checkAccent(hex)
  if (!answer.passes)
    throw new WrongAccent(`The accent ${hex} cannot be used: ${answer.why}. The nearest that can is ${answer.nearest}`)
  const rules = Object.entries(answer.colours as unknown as Record<string, Colours>).map(
    ([role, { light, dark }]) => `--${role}:light-dark(${light},${dark})`,
  )
  return `@layer tokens{:root{${rules.join(';')}}}\n`
}

function coloursOf(accent: string): AccentColours {
  if (accent === colours.accent.light) return ours
  const dark = lightEnough(accent)
  return {
    accent: { light: accent, dark },
    'on-accent': { light: '#ffffff', dark: mix(dark, '#000000', 0.14) },
    'accent-soft': softOf(accent, dark),
  }
}

const ours: AccentColours = {
  accent: colours.accent,
  'on-accent': colours['on-accent'],
  'accent-soft': colours['accent-soft'],
}

const softOf = (light: string, dark: string): Colours => ({
  light: mix(light, colours.paper.light, 0.065),
  dark: mix(dark, colours.paper.dark, 0.12),
})

/** The same hue, raised until it can be read on every dark ground, and at least to where it feels as bold as ours. */
function lightEnough(accent: string): string {
  for (let lightness = 0.76; lightness < 1; lightness += 0.01) {
    const colour = atLightness(accent, lightness)
    if (faintPairs('dark', coloursWith(colour)).length === 0) return colour
  }
  return colours.ink.dark
}

const coloursWith = (dark: string) => ({
  ...colours,
  accent: { light: colours.accent.light, dark },
  'on-accent': { light: '#ffffff', dark: mix(dark, '#000000', 0.14) },
  'accent-soft': { light: colours['accent-soft'].light, dark: softOf(dark, dark).dark },
})

const faintWith = (derived: AccentColours): string[] => {
  const all = { ...colours, ...derived }
  return [...faintPairs('light', all), ...faintPairs('dark', all)]
}

/** Darker by the least step that passes: an accent fails by being too pale for paper. */
function nearestTo(accent: string): string {
  for (let lightness = lightnessOf(accent); lightness > 0; lightness -= 0.005) {
    const colour = atLightness(accent, lightness)
    if (faintWith(coloursOf(colour)).length === 0) return colour
  }
  return colours.ink.light
}
