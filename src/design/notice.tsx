import type { ComponentChildren } from 'preact'

export type Tone = 'go' | 'wait' | 'stop' | 'info'

const said: Record<Tone, string> = { go: 'Done', wait: 'To note', stop: 'Stopped', info: 'For information' }

/** Says what has happened, or what to know before going on. Its tone is also said in words. */
export const Notice = ({
  tone = 'info',
  title,
  children,
}: {
  tone?: Tone
  title?: string | undefined
  children?: ComponentChildren
}) => (
  <div class={`notice ${tone}`} role={tone === 'info' ? 'note' : 'status'}>
    <p class="title">{title ?? said[tone]}</p>
    {children && <div class="stack close">{children}</div>}
  </div>
)

/** A word or two about the state of something. */
export const Tag = ({ tone, children }: { tone?: Tone | undefined; children: ComponentChildren }) => (
  <span class={tone && tone !== 'info' ? `tag ${tone}` : 'tag'}>{children}</span>
)

/** A block set apart: the one next step (`next`), or something beside the main thread (`plain`). Never one in another. */
export const Card = ({
  kind = 'plain',
  title,
  children,
}: {
  kind?: 'next' | 'plain'
  title?: string | undefined
  children: ComponentChildren
}) => (
  <section class={`${kind === 'next' ? 'next' : 'aside'} stack close`}>
    {title && <h2>{title}</h2>}
    {children}
  </section>
)

/** What stands where there is nothing yet: why, and what one can do about it. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty stack close">
    <p class="title">{title}</p>
    {children}
  </div>
)

/** How far long work has come: a bar, a count, and the words around them. Without `total` it is only known to be going on. */
export const Progress = ({
  label,
  done,
  total,
  id = 'progress',
}: {
  id?: string
  label: string
  done: number
  total?: number | undefined
}) => (
  <div class="progress">
    <label for={id}>{label}</label>
    {total === undefined ? (
      <progress id={id} />
    ) : (
      <progress id={id} value={Math.min(done, total)} max={Math.max(total, 1)} />
    )}
    <p class="quiet">
      {total === undefined ? `${number.format(done)} so far` : `${number.format(done)} of ${number.format(total)}`}
    </p>
  </div>
)

/** Someone's initials beside their name; hidden from those who listen, since the name is there. */
export const Avatar = ({ name }: { name: string }) => (
  <span class="avatar" aria-hidden="true">
    {initialsOf(name)}
  </span>
)

/** The first letters of the first and the last name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const first = letterOf(words[0])
  const last = words.length > 1 ? letterOf(words.at(-1)) : ''
  return (first + last).toLocaleUpperCase('en-GB')
}

const letterOf = (word = ''): string =>
  String.fromCodePoint(...[word.codePointAt(0)].filter((point) => point !== undefined))

const number = new Intl.NumberFormat('en-GB')
