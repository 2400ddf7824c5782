/** Colours as numbers: how far apart they are to the eye, and how to move one without changing its hue. */

type Three = readonly [number, number, number]

/** The contrast of two colours after WCAG 2.2, from 1 (none) to 21. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

/** A part of one colour laid over another. */
export function mix(over: string, under: string, part: number): string {
  const [a, b] = [channels(over), channels(under)]
  return hexOf(a.map((value, index) => value * part + (b[index] as number) * (1 - part)) as unknown as Three)
}

/** The same hue at another lightness (0 to 1), as vivid as the screen can show it. */
export function atLightness(colour: string, lightness: number): string {
  const [, a, b] = oklab(colour)
  for (let vividness = 1; vividness > 0; vividness -= 0.02) {
    const linear = linearOf([lightness, a * vividness, b * vividness])
    if (linear.every((value) => value > -0.0005 && value < 1.0005))
      return hexOf(linear.map(encoded) as unknown as Three)
  }
  return hexOf(linearOf([lightness, 0, 0]).map(encoded) as unknown as Three)
}

/** How light a colour looks, from 0 to 1. */
export const lightnessOf = (colour: string): number => oklab(colour)[0]

function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map(decoded) as unknown as Three
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const channels = (colour: string): Three =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255) as unknown as Three

const hexOf = (values: Three): string =>
  `#${values
    .map((value) =>
      Math.round(Math.min(1, Math.max(0, value)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

const decoded = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const encoded = (value: number): number =>
  value <= 0.0031308 ? value * 12.92 : 1.055 * Math.max(0, value) ** (1 / 2.4) - 0.055

// Björn Ottosson's OKLab, in which equal steps look equal
function oklab(colour: string): Three {
  const [r, g, b] = channels(colour).map(decoded) as unknown as Three
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function linearOf([lightness, a, b]: Three): Three {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}
