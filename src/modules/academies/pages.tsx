import { sayDate } from '#core/days'
import { holds, scopeOf } from '#core/rights'
import {
  Card,
  Empty,
  Facts,
  Filter,
  Link,
  LinkButton,
  Notice,
  Page,
  PlainList,
  Row,
  Section,
  Sides,
  Stack,
  Table,
  TextField,
  TitleRow,
} from '#design'
import type { Visit } from '#platform/web'
import { type NearWhat, type RunAhead, RunList } from '../courses/index.ts'
import { accessFacts, type Venue } from './queries.ts'
import type { Academy, AcademyLine, AreaServed } from './reading.ts'

export interface AcademiesShown {
  academies: readonly AcademyLine[]
  near: NearWhat
  /** Whether only those that serve a place are shown. */
  narrowed: boolean
}

/** Every academy by region, or those that serve a place. */
export function AcademiesPage({ academies, near, narrowed }: AcademiesShown, { frame, actor }: Visit) {
  const opens = scopeOf(actor.rights, 'academies.edit').everywhere
  return (
    <Page frame={frame} title="Academies" current="/academies">
      <Stack gap="wide">
        <TitleRow title="Academies">
          {opens && (
            <LinkButton href="/academies/new" kind="second">
              Open an academy
            </LinkButton>
          )}
        </TitleRow>
        <Filter action="/academies" submit="Find" label="Find the academies that serve a place">
          <TextField
            name="near"
            label="Serving"
            hint="A postcode or a constituency"
            value={narrowed || near.problem ? near.said : ''}
            error={near.problem}
            autocomplete="postal-code"
            maxlength={80}
          />
        </Filter>
        <Likest near={near} />
        <Table
          caption={narrowed && near.area ? `Academies that serve ${near.area.name}` : 'All academies by region'}
          columns={[
            {
              key: 'name',
              label: 'Academy',
              cell: ({ slug, name }) => <Link href={`/academies/${slug}`}>{name}</Link>,
            },
            { key: 'region', label: 'Region', selfEvident: true },
            { key: 'serves', label: 'Serves', cell: ({ serves }) => sayServes(serves) },
            { key: 'venues', label: 'Venues', number: true },
            { key: 'runsAhead', label: 'Runs ahead', number: true },
          ]}
          rows={academies}
          empty={
            <Empty title={narrowed ? 'No academy serves this place yet' : 'There are no academies yet'}>
              <p>
                <Link href="/courses?mode=online">Look for courses online</Link>
              </p>
            </Empty>
          }
        />
        <Row>
          <Link href="/partners">Colleges, universities and unions we work with</Link>
          <Link href="/academies/venues.csv">All venues as CSV</Link>
        </Row>
      </Stack>
    </Page>
  )
}

const Likest = ({ near }: { near: NearWhat }) =>
  near.likest.length === 0 ? null : (
    <Section title="Did you mean" gap="close">
      <PlainList
        gap="tight"
        items={near.likest.map(({ code, name }) => (
          <Link href={`/academies?near=${code}`}>{name}</Link>
        ))}
      />
    </Section>
  )

/** "Ashfield, Bolsover and 12 more" */
export function sayServes(serves: readonly AreaServed[]): string {
  const named = serves.length > 4 ? serves.slice(0, 3) : serves
  const rest = serves.length - named.length
  const words = named.map(({ name }) => name)
  if (rest > 0) return `${words.join(', ')} and ${rest} more`
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

export interface AcademyShown {
  academy: Academy
  venues: readonly Venue[]
  runs: readonly RunAhead[]
}

/** One academy: what is on, where, who, and how to reach it. */
export const AcademyPage = ({ academy, venues, runs }: AcademyShown, { frame, actor }: Visit) => (
  <Page frame={frame} title={academy.name} current="/academies" crumbs={[{ href: '/academies', label: 'Academies' }]}>
    <Stack gap="wide">
      <Stack>
        <h1>{academy.name}</h1>
        {academy.summary && <p class="lede">{academy.summary}</p>}
        {academy.closedOn && <Notice tone="wait" title={`This academy closed on ${sayDate(academy.closedOn)}`} />}
        {academy.mayEdit && <StaffLinks academy={academy} helps={holds(actor.rights, 'help.decide')} />}
      </Stack>
      <Sides>
        <Stack gap="wide">
          <Section title="Runs ahead">
            {runs.length > 0 ? (
              <RunList runs={runs} />
            ) : (
              <Empty title="No runs have a date yet">
                <p>
                  <Link href="/courses">See what is on elsewhere and online</Link>
                </p>
              </Empty>
            )}
          </Section>
          <Section title="Where we meet" gap="roomy">
            {venues.length > 0 ? (
              venues.map((venue) => <VenueShown venue={venue} academy={academy} />)
            ) : (
              <p>Everything here is online for now.</p>
            )}
          </Section>
        </Stack>
        <Stack gap="wide">
          <Card title="How to reach us">
            <Facts
              items={[
                ['Email', academy.email && <Link href={`mailto:${academy.email}`}>{academy.email}</Link>],
                ['Phone', academy.phone],
                ['Help to take part', <Link href="/help">Money, childcare, travel and more</Link>],
                ['Serves', sayServes(academy.serves)],
                ['Open since', sayDate(academy.openedOn)],
              ]}
            />
          </Card>
          {academy.staff.length > 0 && (
            <Section title="Who works here" gap="close">
              <Facts items={staffByRole(academy)} />
            </Section>
          )}
          {academy.partners.length > 0 && (
            <Section title="Who we work with" gap="close">
              <PlainList
                gap="tight"
                items={academy.partners.map(({ slug, name }) => (
                  <Link href={`/partners/${slug}`}>{name}</Link>
                ))}
              />
            </Section>
          )}
        </Stack>
      </Sides>
    </Stack>
  </Page>
)

const StaffLinks = ({ academy: { slug }, helps }: { academy: Academy; helps: boolean }) => (
  <Row>
    <LinkButton href={`/academies/${slug}/edit`} kind="second">
      Change this academy
    </LinkButton>
    <Link href={`/academies/${slug}/areas`}>Areas served</Link>
    <Link href={`/academies/${slug}/venues/new`}>Add a venue</Link>
    <Link href={`/academies/${slug}/venues.csv`}>Venues as CSV</Link>
    {helps && <Link href={`/academies/${slug}/help`}>Help to take part</Link>}
    <Link href="/me/calendar">Its calendar feed</Link>
  </Row>
)

const roleNames = [
  ['coordinator', 'Coordinating'],
  ['trainer', 'Training'],
  ['organiser', 'Organising'],
  ['partner', 'For partners'],
  ['administrator', 'Administration'],
  ['data protection officer', 'Data protection'],
] as const

const staffByRole = ({ staff }: Academy) =>
  roleNames.map(([role, label]) => {
    const names = staff.filter((one) => one.role === role).map(({ name }) => name)
    return [label, names.join(', ')] as const
  })

const VenueShown = ({ venue, academy }: { venue: Venue; academy: Academy }) => (
  <Stack gap="close">
    <h3>{venue.name}</h3>
    <Facts
      items={[
        ['Address', [venue.address, venue.postcode].filter(Boolean).join(', ')],
        ['Access', sayAccess(venue)],
        ['Nearest stop', venue.nearestStop],
        ['Rooms', venue.rooms.map(({ name, capacity }) => `${name} (${capacity})`).join(', ')],
        ['Good to know', venue.notes],
      ]}
    />
    {academy.mayEdit && (
      <p>
        <Link href={`/academies/${academy.slug}/venues/${venue.id}/edit`} about={venue.name}>
          Change this venue
        </Link>
      </p>
    )}
  </Stack>
)

const sayAccess = (venue: Venue): string => {
  const said = accessFacts(venue).join(', ')
  return said === '' ? 'Ask us, we have no details yet' : said.charAt(0).toUpperCase() + said.slice(1)
}
