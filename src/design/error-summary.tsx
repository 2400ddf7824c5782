import type { Problems } from '#core/refusal'
import { plain } from './plain.ts'

/** What kept a form from being accepted, each problem a link to its field; nothing where there is none. */
export function ErrorSummary({ problems }: { problems: Problems | undefined }) {
  const all = Object.entries(problems ?? {})
  if (all.length === 0) return null
  return (
    // autofocus takes a keyboard or screen reader here when the page comes back, which otherwise needs a script
    <div
      class="problems stack close"
      id="problems"
      role="alert"
      aria-labelledby="problems-title"
      tabIndex={-1}
      autofocus
    >
      <h2 id="problems-title">{all.length === 1 ? 'There is a problem' : 'There are problems'}</h2>
      <ul {...plain}>
        {all.map(([field, what]) => (
          <li>{field === '' ? what : <a href={`#${encodeURIComponent(field)}`}>{what}</a>}</li>
        ))}
      </ul>
    </div>
  )
}
