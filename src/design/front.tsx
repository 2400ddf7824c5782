import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { plain } from './plain.ts'

/** The one promise of a front page, and in a sentence or two what stands behind it. */
export const Hero = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <>
    <h1 class="hero">{title}</h1>
    <p class="lede">{children}</p>
  </>
)

/** One question and its button side by side, leading to a page that answers it. The field is its child. */
export const Ask = ({
  action,
  submit,
  label,
  children,
}: {
  action: string
  submit: string
  label: string
  children: ComponentChildren
}) => (
  <search aria-label={label}>
    <form method="get" action={action} class="ask">
      {children}
      <Button>{submit}</Button>
    </form>
  </search>
)

/** How one thing leads to the next, each in a word and a sentence. */
export const Loop = ({ parts }: { parts: readonly (readonly [word: string, sentence: string])[] }) => (
  <ol {...plain} class="loop">
    {parts.map(([word, sentence]) => (
      <li>
        <h3>{word}</h3>
        <p>{sentence}</p>
      </li>
    ))}
  </ol>
)

/** A picture that as a whole leads to its page, where each part of it can be read. */
export const PictureLink = ({ href, says, children }: { href: string; says: string; children: ComponentChildren }) => (
  <a class="picture" href={href}>
    {children}
    <span>{says}</span>
  </a>
)
