import { RunRow, Runs, Tag } from '#design'
import type { RunAhead } from './ahead.ts'

/** When, where and how far, in one line. */
export const aboutRun = ({ pattern, where, near }: Pick<RunAhead, 'pattern' | 'where' | 'near'>): string =>
  [pattern, where, near].filter((part) => part !== '').join(' · ')

/** What is worth knowing of a run at a glance. */
export const tagsOf = ({ taken, capacity, spaceForChildren }: RunAhead) => {
  const tags = [
    taken >= capacity && <Tag tone="wait">By waiting list</Tag>,
    spaceForChildren && <Tag>Space for children</Tag>,
  ].filter((tag) => tag !== false)
  return tags.length > 0 ? tags : undefined
}

/** Runs ahead, each a link to where one asks for a place: by the course's title, or, on its own page, by when it is. */
export const RunList = ({
  runs,
  titled = 'by course',
}: {
  runs: readonly RunAhead[]
  titled?: 'by course' | 'by time'
}) => (
  <Runs>
    {runs.map((run) => (
      <RunRow
        day={run.startsOn}
        title={titled === 'by time' ? run.pattern : run.title}
        href={`/runs/${run.id}`}
        about={titled === 'by time' ? capital(aboutRun({ ...run, pattern: '' })) : aboutRun(run)}
        tags={tagsOf(run)}
        taken={run.taken}
        places={run.capacity}
        waiting={run.waiting}
        toBeDrawn={run.toBeDrawn}
      />
    ))}
  </Runs>
)

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
