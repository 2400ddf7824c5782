import { plain } from './plain.ts'

export interface DifferenceLine {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** What differs between two texts, line by line; what was taken out and what was added is also said in words. */
export const Difference = ({ lines, label }: { lines: readonly DifferenceLine[]; label: string }) => (
  <ul {...plain} class="difference" aria-label={label}>
    {lines.map(({ kind, text }) => (
      <li>
        {kind === 'same' ? (
          text
        ) : kind === 'gone' ? (
          <del>
            <span class="unseen">Taken out: </span>
            {text}
          </del>
        ) : (
          <ins>
            <span class="unseen">Added: </span>
            {text}
          </ins>
        )}
      </li>
    ))}
  </ul>
)
