import type { ComponentChildren } from 'preact'
import { plain } from './plain.ts'

type Gap = 'tight' | 'close' | 'roomy' | 'wide' | 'far'

/** One thing below another, with a gap: tight 6 px, close 12, none said 16, roomy 24, wide 40, far up to 96. */
export const Stack = ({ gap, children }: { gap?: Gap | undefined; children: ComponentChildren }) => (
  <div class={gap ? `stack ${gap}` : 'stack'}>{children}</div>
)

/** A main part and one beside it, one below the other on a phone: `narrow` at the end, `first` at the start, or `even` halves. */
export const Sides = ({
  kind = 'narrow',
  children,
}: {
  kind?: 'narrow' | 'first' | 'even' | 'top'
  children: ComponentChildren
}) => <div class={kind === 'narrow' ? 'sides' : kind === 'top' ? 'sides even level' : `sides ${kind}`}>{children}</div>

/** The narrow part of `Sides`, which stays in sight beside a long list on a wide screen. */
export const Following = ({ children }: { children: ComponentChildren }) => (
  <div class="follows">
    <div class="stack">{children}</div>
  </div>
)

/** A list without bullets, one item below another. */
export const PlainList = ({ gap, items }: { gap?: Gap | undefined; items: readonly ComponentChildren[] }) => (
  <ul {...plain} class={gap ? `stack ${gap}` : 'stack'}>
    {items.map((item) => (
      <li>{item}</li>
    ))}
  </ul>
)

/** Short things side by side, wrapping where there is no room. */
export const Row = ({ children }: { children: ComponentChildren }) => <div class="row">{children}</div>

/** The title of a page, and at the other end of its line the button that begins something new. */
export const TitleRow = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="titled">
    <h1>{title}</h1>
    {children}
  </div>
)

/** A part of a page with its heading. */
export const Section = ({
  title,
  gap,
  id,
  children,
}: {
  title: string
  gap?: Gap | undefined
  id?: string | undefined
  children: ComponentChildren
}) => (
  <section class={gap ? `stack ${gap}` : 'stack'} id={id}>
    <h2>{title}</h2>
    {children}
  </section>
)
