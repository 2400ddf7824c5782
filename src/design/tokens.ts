/** The colours of both schemes and which of them meet as text and ground. The style sheet holds the same values. */
import { contrast } from './colour.ts'

export type Scheme = 'light' | 'dark'

/** Each role's colour in the light and in the dark scheme. */
export const colours = {
  paper: { light: '#fffdf8', dark: '#171513' },
  raised: { light: '#ffffff', dark: '#201d1a' },
  sunk: { light: '#f6f1e7', dark: '#110f0e' },
  line: { light: '#e4dccf', dark: '#38332d' },
  'line-strong': { light: '#8c8377', dark: '#8f867a' },
  ink: { light: '#1c1a17', dark: '#f4efe6' },
  quiet: { light: '#5b554c', dark: '#b9b0a3' },
  accent: { light: '#a8123e', dark: '#ff8fa6' },
  'on-accent': { light: '#ffffff', dark: '#2b0510' },
  'accent-soft': { light: '#fbeef1', dark: '#33161e' },
  go: { light: '#0b6b50', dark: '#6fd3b2' },
  'go-soft': { light: '#e8f4ef', dark: '#10271f' },
  wait: { light: '#8a5a00', dark: '#f0c267' },
  'wait-soft': { light: '#fdf3df', dark: '#2c2210' },
  stop: { light: '#a3220f', dark: '#ff9d8a' },
  'stop-soft': { light: '#fdeeea', dark: '#331712' },
  focus: { light: '#1c1a17', dark: '#ffd166' },
} as const satisfies Record<string, Record<Scheme, string>>

export type Role = keyof typeof colours

/** Eight colours for data, which colour-blind people can tell apart; never the only sign of a difference. */
export const dataColours = [
  { light: '#225d54', dark: '#2ba76c' },
  { light: '#a8123e', dark: '#ff8fa6' },
  { light: '#2863ae', dark: '#95bbff' },
  { light: '#9a5e00', dark: '#f6cf6a' },
  { light: '#4b1f79', dark: '#b589e7' },
  { light: '#338da0', dark: '#9adff8' },
  { light: '#2b2824', dark: '#f4efe6' },
  { light: '#d0674c', dark: '#e0703a' },
] as const satisfies readonly Record<Scheme, string>[]

const grounds: readonly Role[] = ['paper', 'raised', 'sunk', 'accent-soft', 'go-soft', 'wait-soft', 'stop-soft']

/** Every text and the ground it may stand on: these need a contrast of 4.5. */
export const textPairs: readonly (readonly [text: Role, ground: Role])[] = [
  ...grounds.flatMap((ground) => (['ink', 'quiet', 'accent'] as const).map((text) => [text, ground] as const)),
  ['on-accent', 'accent'],
  ['paper', 'ink'],
  ['go', 'go-soft'],
  ['wait', 'wait-soft'],
  ['stop', 'stop-soft'],
  ['stop', 'paper'],
  ['stop', 'accent-soft'],
]

/** Every edge or sign that carries meaning and its ground: these need a contrast of 3. */
export const signPairs: readonly (readonly [sign: Role, ground: Role])[] = [
  ...(['paper', 'raised', 'sunk', 'accent-soft'] as const).flatMap((ground) => [
    ['line-strong', ground] as const,
    ['focus', ground] as const,
  ]),
  ['go', 'paper'],
  ['wait', 'sunk'],
]

/** The pairs of a scheme whose contrast is too small, in words; empty when all is well. */
export function faintPairs(scheme: Scheme, the: Record<Role, Record<Scheme, string>> = colours): string[] {
  const faint = (pairs: readonly (readonly [Role, Role])[], least: number) =>
    pairs
      .map(([over, under]) => ({ over, under, is: contrast(the[over][scheme], the[under][scheme]) }))
      .filter(({ is }) => is < least)
      .map(({ over, under, is }) => `${over} on ${under} is ${is.toFixed(2)}, and needs ${least} (${scheme})`)
  return [...faint(textPairs, 4.5), ...faint(signPairs, 3)]
}
