/** The outbox of the demonstration. */
import { dayOf, sayShortDay, sayTime } from '#core/days'
import { Empty, Facts, Link, Page, Row, Stack, Table } from '#design'
import { listing, type Visit } from '#platform/web'
import { sayMoment } from '../moments.ts'
import type { Letter, LetterRow } from './queries.ts'

/** Every letter, the newest first. */
export const OutboxPage = ({ letters, total }: { letters: readonly LetterRow[]; total: number }, visit: Visit) => (
  <Page frame={visit.frame} title="Outbox" wide>
    <Stack gap="roomy">
      <Stack>
        <h1>Outbox</h1>
        <p class="lede">
          The demonstration sends no mail. Here are the letters that would have been sent, the newest first.
        </p>
      </Stack>
      <Table
        caption="Letters"
        quietCaption
        dense
        folds
        columns={[
          {
            key: 'subject',
            label: 'Subject',
            cell: ({ id, subject }) => <Link href={`/outbox/${id}`}>{subject}</Link>,
          },
          { key: 'address', label: 'To' },
          {
            key: 'madeAt',
            label: 'Written',
            cell: ({ madeAt }) =>
              `${sayShortDay(dayOf(madeAt), visit.today)}, ${sayTime(madeAt)}`.replaceAll(' ', '\u00a0'),
          },
        ]}
        rows={letters}
        paging={listing(visit, { sorts: ['written'] }).paging(total)}
        empty={
          <Empty title="No letter has been written yet">
            <p>Ask for a link to sign in, or for a place on a run, and a letter appears here.</p>
          </Empty>
        }
      />
    </Stack>
  </Page>
)

/** One letter as it would have been read, with its links to follow. */
export const LetterPage = (
  { id, address, subject, body, calendar, madeAt, newer, older }: Letter,
  { frame }: Visit,
) => (
  <Page frame={frame} title={subject} crumbs={[{ href: '/outbox', label: 'Outbox' }]}>
    <Stack gap="roomy">
      <h1>{subject}</h1>
      <Facts
        items={[
          ['To', address],
          ['Written', sayMoment(madeAt)],
          ['With it', calendar && <Link href={`/outbox/${id}/calendar.ics`}>An entry for a calendar</Link>],
        ]}
      />
      <Stack>
        {body
          .trim()
          .split(/\n{2,}/)
          .map((paragraph) => (
            <p>
              {paragraph.split('\n').map((line, index) => (
                <>
                  {index > 0 && <br />}
                  {withLinks(line)}
                </>
              ))}
            </p>
          ))}
      </Stack>
      <Row>
        {newer && <Link href={`/outbox/${newer}`}>Newer letter</Link>}
        {older && <Link href={`/outbox/${older}`}>Older letter</Link>}
      </Row>
    </Stack>
  </Page>
)

const withLinks = (line: string) =>
  line.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => (index % 2 === 1 ? <Link href={part}>{part}</Link> : part))
