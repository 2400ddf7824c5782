/** What stands on the page of an application once its round is drawn. */
import { Button, Card, Code, Facts, Fold, Form, Link, Row, Section, Stack, Table } from '#design'
import { type Priority } from '#engines/allocation/index.ts'
import type { Visit } from '#platform/web'
import { sayBand } from '../bands.ts'
import type { Round } from '../round.ts'
import { comesAfterAll, type Line, type Result } from './result.ts'
import { sayLine, sayMoment, sayNumberHead, sayOrdinal, sayResult } from './words.ts'

interface Shown {
  round: Round
  result: Result
  visit: Visit
}

/** What they asked for, what they got and why; what to do now; where they wait; how to check it. */
export const ResultParts = (all: Shown) => {
  const { round, result } = all
  const [what, why] = sayResult(result, round)
  return (
    <Stack gap="wide">
      <Stack>
        <p class="lede">
          {what} {why}
        </p>
        <Next {...all} />
      </Stack>
      <Section title="Your choices, one by one">
        <p>
          You are{' '}
          {sayPriority({ band: result.application.band, number: result.application.number }, round.bands.length > 0)}.
          Whoever a run refused comes after the last that it let in.
        </p>
        <Lines {...all} />
        <p class="quiet">
          {round.bands.length > 0 && 'A lower group comes first; within a group the smaller number does. '}
          Numbers go from 0 to 9 and on from a to f, and are compared from the left.
        </p>
      </Section>
      <Check {...all} />
    </Stack>
  )
}

const titleOf = (round: Round, run: string): string => round.runs.find(({ id }) => id === run)?.title ?? 'A run'

const Next = ({ round, result, visit }: Shown) => {
  const offered = result.lines.filter(({ place }) => place?.state === 'offered' && place.offerUntil! > visit.now)
  const held = result.lines.find(({ place }) => place?.state === 'confirmed')
  const waits = result.lines.filter(({ place }) => place?.state === 'waiting')
  return (
    <>
      {offered.map(({ run, place }) => (
        <Card kind="next" title={`A place for you on ${titleOf(round, run)}`}>
          <p>
            Say by {sayMoment(place!.offerUntil!)} whether you take it. After that it goes to the next in line.
            {held && ' If you take it, the place you have now is given up for it.'}
            {!held && offered.length === 1 && waits.length > 0 && ' You go on waiting for the runs you want more.'}
          </p>
          <Row>
            <Form action={`/places/${place!.id}/acceptance`} csrf={visit.frame.csrf} label="Take the place">
              <Button about={`on ${titleOf(round, run)}`}>Take the place</Button>
            </Form>
            <Form action={`/places/${place!.id}/refusal`} csrf={visit.frame.csrf} label="Say no to the place">
              <Button kind="second" about={`to the place on ${titleOf(round, run)}`}>
                No, thank you
              </Button>
            </Form>
            <Link href={`/runs/${run}`}>Read about it first</Link>
          </Row>
        </Card>
      ))}
      {held && (
        <p>
          You have a place on <Link href={`/runs/${held.run}`}>{titleOf(round, held.run)}</Link>.{' '}
        </p>
      )}
      {(held || offered.length > 0) && (
        <p>
          If another run of this round suits you better,{' '}
          <Link href={`/rounds/${round.slug}/swaps`}>you can change places with someone</Link> who wants yours.
        </p>
      )}
      {!held && offered.length === 0 && (
        <p>
          {waits.length > 0 && 'We write to you as soon as a place is yours. '}
          You can also ask for a seat that was left over: they are on{' '}
          <Link href={`/rounds/${round.slug}`}>the page of the round</Link>. In a later round that puts those first who
          waited before, you would be one of them.
        </p>
      )}
    </>
  )
}

const Lines = ({ round, result }: Shown) => {
  const { band, number } = result.application
  const grouped = round.bands.length > 0
  return (
    <Table
      caption="What came of each of your choices"
      quietCaption
      folds
      columns={[
        {
          key: 'run',
          label: 'Run',
          cell: ({ choice, run }: Line) => (
            <>
              {choice}. <Link href={`/runs/${run}`}>{titleOf(round, run)}</Link>
            </>
          ),
        },
        {
          key: 'standing',
          label: 'What came of it',
          selfEvident: true,
          cell: (line: Line) => saysOf(line, { band, number }),
        },
        {
          key: 'last',
          label: 'The last it let in',
          cell: (line: Line) => <Last line={line} round={round} grouped={grouped} />,
        },
        {
          key: 'now',
          label: 'Now',
          cell: ({ place }: Line) => (place ? (nowWords[place.state] ?? ((p) => p.state))(place) : '–'),
        },
      ]}
      rows={result.lines}
    />
  )
}

const saysOf = ({ standing, choice, ...line }: Line, mine: Priority): string =>
  standing === 'got'
    ? `Offered: your ${sayOrdinal(choice)} choice`
    : standing === 'full'
      ? comesAfterAll(mine, line)
        ? 'Full before it came to you'
        : 'Full, though your number comes first: that is wrong, so please tell the academy'
      : standing === 'cancelled'
        ? 'The run was cancelled'
        : 'Not needed: you got one you wanted more'

const nowWords: Readonly<Record<string, (place: NonNullable<Line['place']>) => string>> = {
  offered: ({ offerUntil }) => `Kept for you until ${sayMoment(offerUntil!)}`,
  confirmed: () => 'You have a place',
  waiting: ({ ahead }) => sayLine(ahead),
  withdrawn: () => 'You gave it up',
  declined: () => 'You said no',
  lapsed: () => 'The offer ended',
  cancelled: () => 'The run was cancelled',
}

const Last = ({ line, round, grouped }: { line: Line; round: Round; grouped: boolean }) => {
  if (line.standing === 'not needed') return <>–</>
  const reserved = Object.entries(line.lastReserved)
  const groupOf = (trait: string): string =>
    round.runs.flatMap(({ reserves }) => reserves).find((one) => one.trait === trait)?.who ?? trait
  return (
    <>
      {line.lastOpen ? sayPriority(line.lastOpen, grouped) : 'no open seat'}
      {reserved.map(([trait, last]) => (
        <>
          <br />
          {last ? sayPriority(last, grouped) : 'nobody'}{' '}
          <span class="quiet">in the seats held first for {groupOf(trait)}</span>
        </>
      ))}
    </>
  )
}

const sayPriority = ({ band, number }: Priority, grouped: boolean) => (
  <>
    {grouped ? `group ${band + 1}, number ` : 'number '}
    <code>{sayNumberHead(number)}</code>
  </>
)

const Check = ({ round, result }: Shown) => {
  const { application, traits } = result
  return (
    <Section title="Check it yourself">
      <p>
        Nothing here has to be believed. Your number comes from your pseudonym and from a seed that nobody could know
        before applications had closed.
      </p>
      <Facts
        items={[
          ['Your pseudonym', <code>{application.pseudonym}</code>],
          ['Your number', <code class="breaks">{application.number}</code>],
          [
            'Your group',
            round.bands.length > 0 && `${application.band + 1}, ${sayBand(round.bands, application.band)}`,
          ],
          ['Counted for', traits.length > 0 && traits.join(', ')],
        ]}
      />
      <Fold title="With nothing but a hash tool">
        <p>On any computer with openssl this prints your number:</p>
        <Code>{`printf '${round.slug}\\n${application.pseudonym}' | openssl dgst -sha256 -hmac '${round.seed ?? 'SEED'}'`}</Code>
        <p>Then compare it with the last that each run let in. Where you were refused, yours comes after them all.</p>
      </Fold>
      <Fold title="The whole draw">
        <p>
          Download <Link href={`/rounds/${round.slug}/audit.json`}>the audit file</Link>. It holds every application
          under its pseudonym, the seed and the result. This computes it all again and says yes, or exactly what
          differs:
        </p>
        <Code>bin/hearten allocation verify audit.json</Code>
      </Fold>
      <p>
        <Link href={`/rounds/${round.slug}`}>The rules of the round, its figures and its seed</Link>
      </p>
    </Section>
  )
}
