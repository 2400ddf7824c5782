import type { ComponentChildren } from 'preact'
import { plain } from './plain.ts'

/** Facts about a thing as pairs of a word and what it says; pairs that say nothing are left out. */
export const Facts = ({ items }: { items: readonly (readonly [label: string, value: ComponentChildren])[] }) => (
  <dl class="facts">
    {items
      .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
      .map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)

/** Answers to check before sending, each with a link to change it. */
export const SummaryList = ({
  items,
}: {
  items: readonly { label: string; value: ComponentChildren; change?: string | undefined }[]
}) => (
  <dl class="summary">
    {items.map(({ label, value, change }) => (
      <div>
        <dt>{label}</dt>
        <dd>{value === '' || value === undefined || value === null ? <span class="quiet">Not given</span> : value}</dd>
        {change && (
          <dd class="change">
            <a href={change}>
              Change<span class="unseen"> {label.toLowerCase()}</span>
            </a>
          </dd>
        )}
      </div>
    ))}
  </dl>
)

/** A few large figures. */
export const Figures = ({
  items,
}: {
  items: readonly { value: string | number; label: string; href?: string | undefined }[]
}) => (
  <ul {...plain} class="figures">
    {items.map(({ value, label, href }) => (
      <li>
        <b>{typeof value === 'number' ? number.format(value) : value}</b> {href ? <a href={href}>{label}</a> : label}
      </li>
    ))}
  </ul>
)

export interface Step {
  label: string
  detail?: ComponentChildren
  state: 'done' | 'now' | 'later'
  href?: string | undefined
}

/** A path with what is done, where one is, and what comes. */
export const Steps = ({ steps }: { steps: readonly Step[] }) => (
  <ol {...plain} class="path">
    {steps.map(({ label, detail, state, href }) => (
      <li class={state} aria-current={state === 'now' ? 'step' : undefined}>
        <div>
          <b>{href ? <a href={href}>{label}</a> : label}</b>
          <span class="unseen">{saidStates[state]}</span>
          {detail && <small>{detail}</small>}
        </div>
      </li>
    ))}
  </ol>
)

const saidStates = { done: ', done', now: ', you are here', later: ', still to come' }

const number = new Intl.NumberFormat('en-GB')
