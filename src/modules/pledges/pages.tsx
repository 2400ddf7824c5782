/** The pages of pledges: one's own, one of them, what came of it, and the list of those who look at them. */
import { sayDate } from '#core/days'
import type { Problems } from '#core/refusal'
import {
  Button,
  Card,
  Choices,
  DateField,
  Empty,
  Facts,
  Filter,
  Form,
  Link,
  LinkButton,
  Page,
  Row,
  Section,
  Select,
  Stack,
  Table,
  Tag,
  TextArea,
} from '#design'
import { type Listing, listing, type Visit } from '#platform/web'
import { outcomeNames, outcomes, proposedReview, reviewBounds, stateNames } from './pledge.ts'
import { findPledge, mentorsOf, type Pledge, pledgesOf, pledgesToReview, type Shown, shown } from './queries.ts'

const mine = { href: '/me/pledges', label: 'My pledges' }
const home = { href: '/me', label: 'My training' }

export const loadMine = async (visit: Visit): Promise<Pledge[]> => pledgesOf(visit, visit.actor.id)

export const MyPledgesPage = (pledges: Pledge[], { frame }: Visit) => {
  const open = pledges.filter(({ state }) => state === 'open')
  const past = pledges.filter(({ state }) => state !== 'open')
  return (
    <Page frame={frame} title="My pledges" current="/me" crumbs={[home]}>
      <Stack gap="wide">
        <Stack gap="close">
          <h1>My pledges</h1>
          <p class="lede">What you will change where you live, in your own words, and what came of it.</p>
          <p>
            <LinkButton href="/me/pledges/new" kind={open.length > 0 ? 'second' : 'first'}>
              Write a pledge
            </LinkButton>
          </p>
        </Stack>
        {open.map((pledge) => (
          <Card title={pledge.commitment}>
            <p>
              We look at it {pledge.mentor ? `with ${pledge.mentor} ` : ''}on {sayDate(pledge.reviewOn)}.
            </p>
            <Row>
              <Link href={`/pledges/${pledge.id}/review`} about={`: ${pledge.commitment}`}>
                Say how it turned out
              </Link>
              <Link href={`/pledges/${pledge.id}`} about={`: ${pledge.commitment}`}>
                Change it
              </Link>
            </Row>
          </Card>
        ))}
        {past.length > 0 && (
          <Section title="Before">
            <Table<Pledge>
              caption="Pledges looked at or taken back"
              quietCaption
              columns={[
                {
                  key: 'commitment',
                  label: 'Pledge',
                  cell: ({ id, commitment }) => <Link href={`/pledges/${id}`}>{commitment}</Link>,
                },
                { key: 'state', label: 'Came of it', cell: ({ state }) => <StateTag state={state} /> },
                { key: 'learnt', label: 'What you learnt' },
              ]}
              rows={past}
            />
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const StateTag = ({ state }: Pick<Pledge, 'state'>) => (
  <Tag tone={state === 'kept' ? 'go' : state === 'partly kept' ? 'wait' : undefined}>{stateNames[state]}</Tag>
)

export async function loadNew({ typed, query }: Visit): Promise<{ run: string }> {
  const said = typed['run']
  return { run: typeof said === 'string' ? said : (query.get('run') ?? '') }
}

export const NewPledgePage = ({ run }: { run: string }, visit: Visit, problems?: Problems) => (
  <Page frame={visit.frame} title="Write a pledge" current="/me" crumbs={[home, mine]} problems={problems}>
    <Stack>
      <h1>What will you change where you live?</h1>
      <p class="lede">
        One thing, small enough to do and large enough to matter. Such as: get the bus stop on Outram Street moved back
        by Easter, with thirty neighbours who have never been to a meeting.
      </p>
      <Form action="/me/pledges" csrf={visit.frame.csrf} next>
        <input type="hidden" name="run" value={run} />
        <PledgeFields
          visit={visit}
          problems={problems}
          value={{ commitment: '', reviewOn: proposedReview(visit.today) }}
        />
        <Row>
          <Button>I pledge this</Button>
          <Link href="/me">Not now</Link>
        </Row>
      </Form>
      <p class="quiet">
        You see your pledge, and so do the trainers and coordinators who look at it with you. Nobody else does.
      </p>
    </Stack>
  </Page>
)

function PledgeFields({
  visit: { today, typed },
  problems,
  value,
}: {
  visit: Visit
  problems: Problems | undefined
  value: Pick<Pledge, 'commitment' | 'reviewOn'>
}) {
  const { first, last } = reviewBounds(today)
  return (
    <>
      <TextArea
        name="commitment"
        label="I will"
        rows={4}
        maxlength={600}
        value={value.commitment}
        {...{ typed, problems }}
      />
      <DateField
        name="reviewOn"
        label="We look at it on"
        hint={`Any day from ${sayDate(first)} to ${sayDate(last)}`}
        min={first < value.reviewOn ? first : value.reviewOn}
        max={last}
        value={value.reviewOn}
        {...{ typed, problems }}
      />
    </>
  )
}

export const loadPledge = (visit: Visit, { id }: { id: string }): Promise<Pledge | undefined> => findPledge(visit, id)

export const PledgePage = (pledge: Pledge, visit: Visit, problems?: Problems) => {
  const own = pledge.person === visit.actor.id
  const open = pledge.state === 'open'
  return (
    <Page
      frame={visit.frame}
      title={own ? 'My pledge' : `${pledge.name}’s pledge`}
      current={own ? '/me' : '/coordinating'}
      crumbs={own ? [home, mine] : [{ href: '/pledges', label: 'Pledges' }]}
      problems={problems}
    >
      <Stack gap="roomy">
        <h1>{own ? 'My pledge' : `${pledge.name}’s pledge`}</h1>
        <p class="lede">{pledge.commitment}</p>
        <PledgeFacts pledge={pledge} />
        {open && (
          <p>
            <LinkButton href={`/pledges/${pledge.id}/review`}>Say how it turned out</LinkButton>
          </p>
        )}
        {own && open && (
          <Section title="Change it">
            <Form action={`/pledges/${pledge.id}`} csrf={visit.frame.csrf}>
              <PledgeFields visit={visit} problems={problems} value={pledge} />
              <Row>
                <Button kind="second">Save the change</Button>
                <Link href={`/pledges/${pledge.id}/withdrawal`}>Take it back</Link>
              </Row>
            </Form>
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const PledgeFacts = ({ pledge }: { pledge: Pledge }) => (
  <Facts
    items={[
      ['Made on', sayDate(pledge.madeOn)],
      ['We look at it on', pledge.state === 'open' ? sayDate(pledge.reviewOn) : undefined],
      ['With', pledge.state === 'open' ? pledge.mentor : undefined],
      ['Made after', pledge.run && <Link href={`/runs/${pledge.run}`}>{pledge.title}</Link>],
      ['Came of it', pledge.state === 'open' ? undefined : <StateTag state={pledge.state} />],
      [
        'Looked at',
        pledge.reviewedOn && `${sayDate(pledge.reviewedOn)}${pledge.reviewedBy ? `, with ${pledge.reviewedBy}` : ''}`,
      ],
      ['Learnt', pledge.learnt],
    ]}
  />
)

export const WithdrawalPage = (pledge: Pledge, visit: Visit, problems?: Problems) => (
  <Page frame={visit.frame} title="Take back my pledge" current="/me" crumbs={[home, mine]} problems={problems}>
    <Stack>
      <h1>Take back my pledge</h1>
      <p class="lede">{pledge.commitment}</p>
      <p>It stays on your own list, as taken back, and we write no more about it. This cannot be undone.</p>
      <Form action={`/pledges/${pledge.id}/withdrawal`} csrf={visit.frame.csrf}>
        <Row>
          <Button kind="grave">Take it back</Button>
          <Link href={`/pledges/${pledge.id}`}>No, keep it</Link>
        </Row>
      </Form>
    </Stack>
  </Page>
)

/** One's own open pledge, to be taken back. */
export async function loadOwnOpen(visit: Visit, params: { id: string }): Promise<Pledge | undefined> {
  const pledge = await findPledge(visit, params.id)
  return pledge?.person === visit.actor.id && pledge.state === 'open' ? pledge : undefined
}

export interface Reviewed {
  pledge: Pledge
  mentors: { id: string; name: string }[]
}

export async function loadReview(visit: Visit, { id }: { id: string }): Promise<Reviewed | undefined> {
  const pledge = await findPledge(visit, id)
  return pledge && { pledge, mentors: await mentorsOf(visit.db, pledge.run) }
}

export const ReviewPage = ({ pledge, mentors }: Reviewed, visit: Visit, problems?: Problems) => {
  const own = pledge.person === visit.actor.id
  const { typed, frame } = visit
  return (
    <Page
      frame={frame}
      title="How it turned out"
      current={own ? '/me' : '/coordinating'}
      crumbs={own ? [home, mine] : [{ href: '/pledges', label: 'Pledges' }]}
      problems={problems}
    >
      <Stack gap="roomy">
        <h1>How did it turn out?</h1>
        <p class="lede">{pledge.commitment}</p>
        <PledgeFacts pledge={pledge} />
        {pledge.state === 'open' ? (
          <Form action={`/pledges/${pledge.id}/review`} csrf={frame.csrf} next>
            <Choices
              kind="radio"
              name="outcome"
              label={own ? 'Is it done?' : `Has ${pledge.name} done it?`}
              options={outcomes.map((value) => ({ value, label: outcomeNames[value] }))}
              {...{ typed, problems }}
            />
            <TextArea
              name="learnt"
              label={own ? 'What did you learn?' : `What did ${pledge.name} learn?`}
              hint="What helped, what stood in the way, and what comes next."
              maxlength={1000}
              {...{ typed, problems }}
            />
            {own && mentors.length > 0 && (
              <Select
                name="mentor"
                label="Who looked at it with you?"
                empty="Nobody"
                options={mentors.map(({ id, name }) => ({ value: id, label: name }))}
                optional
                {...{ typed, problems }}
              />
            )}
            <Button>Save</Button>
          </Form>
        ) : (
          <p>It has been looked at, so there is nothing left to say here.</p>
        )}
      </Stack>
    </Page>
  )
}

const staffListing = (visit: Pick<Visit, 'path' | 'query'>): Listing<'review' | 'name'> =>
  listing(visit, { sorts: ['review', 'name'], size: 25 })
export const shownIn = ({ query }: Pick<Visit, 'query'>): Shown =>
  shown.find((known) => known === query.get('show')) ?? 'due'

export const loadStaffList = (visit: Visit): Promise<{ pledges: Pledge[]; total: number }> =>
  pledgesToReview(visit, shownIn(visit), staffListing(visit))

export const StaffListPage = ({ pledges, total }: { pledges: Pledge[]; total: number }, visit: Visit) => {
  const list = staffListing(visit)
  const which = shownIn(visit)
  return (
    <Page
      frame={visit.frame}
      title="Pledges"
      current="/coordinating"
      crumbs={[{ href: '/coordinating', label: 'Coordinating' }]}
      wide
    >
      <Stack gap="roomy">
        <h1>Pledges to look at</h1>
        <Filter action="/pledges">
          <Select
            name="show"
            label="Show"
            value={which}
            options={[
              { value: 'due', label: 'Due within a week' },
              { value: 'open', label: 'All that are open' },
              { value: 'reviewed', label: 'Looked at before' },
            ]}
          />
        </Filter>
        <Table<Pledge>
          quietCaption
          caption={
            { due: 'Pledges due within a week', open: 'Open pledges', reviewed: 'Pledges looked at before' }[which]
          }
          dense
          columns={[
            { key: 'name', label: 'Member', ...list.by('name') },
            {
              key: 'commitment',
              label: 'Pledge',
              selfEvident: true,
              cell: ({ id, commitment }) => <Link href={`/pledges/${id}`}>{commitment}</Link>,
            },
            { key: 'title', label: 'Made after' },
            {
              key: 'reviewOn',
              label: 'Look at it on',
              cell: ({ reviewOn }) => sayDate(reviewOn),
              ...list.by('review'),
            },
            { key: 'state', label: 'Came of it', selfEvident: true, cell: ({ state }) => <StateTag state={state} /> },
          ]}
          rows={pledges}
          empty={<Empty title={which === 'due' ? 'No pledge is due within a week' : 'There are none'} />}
          paging={list.paging(total)}
          csv={`/pledges.csv?show=${which}`}
        />
      </Stack>
    </Page>
  )
}
