/** Who holds which right, where and until when. */
import type { Problems } from '#core/refusal'
import { roles } from '#core/rights'
import {
  Button,
  Choices,
  DateField,
  Empty,
  Facts,
  Filter,
  Form,
  Link,
  LinkButton,
  Page,
  Section,
  Select,
  Stack,
  Table,
  TextField,
  TitleRow,
} from '#design'
import { listing, type Visit } from '#platform/web'
import { sayDate } from '#core/days'
import { type askedIn, type rightsWithin, sorts } from './queries.ts'
import { type Right, sayRole, sayWhere } from './right.ts'

const current = '/administration'
const crumbs = [{ href: '/administration', label: 'Administration' }]
const below = [...crumbs, { href: '/administration/rights', label: 'Rights' }]
const roleOptions = roles.map((role) => ({ value: role, label: sayRole(role) }))

export type Rights = Awaited<ReturnType<typeof rightsWithin>> & { asked: ReturnType<typeof askedIn> }

/** The rights within one's reach, to search, sort and take away. */
export const RightsPage = ({ rights, total, asked }: Rights, visit: Visit) => {
  const list = listing(visit, { sorts })
  const csv = `/administration/rights.csv?${visit.query.toString()}`
  return (
    <Page frame={visit.frame} title="Rights" current={current} crumbs={crumbs} wide>
      <Stack gap="roomy">
        <Stack>
          <TitleRow title="Rights">
            <LinkButton href="/administration/rights/new">Grant a role</LinkButton>
          </TitleRow>
          <p class="lede">Who holds a role, where and until when. You see those where you are an administrator.</p>
        </Stack>
        <Filter action="/administration/rights" label="Filter the rights">
          <TextField name="name" label="Name or number" value={asked.name} />
          <Select name="role" label="Role" empty="Any" options={roleOptions} value={asked.role} />
          <TextField name="place" label="Area or academy" value={asked.place} />
          <Select
            name="when"
            label="When"
            value={asked.when}
            options={[
              { value: 'now', label: 'Now or later' },
              { value: 'ended', label: 'Ended' },
              { value: 'all', label: 'All' },
            ]}
          />
        </Filter>
        <Table
          caption="Rights"
          quietCaption
          dense
          columns={[
            {
              key: 'name',
              label: 'Name',
              ...list.by('name'),
              cell: ({ id, name }: Right) => <Link href={`/administration/rights/${id}`}>{name}</Link>,
            },
            {
              key: 'role',
              label: 'Role',
              selfEvident: true,
              ...list.by('role'),
              cell: ({ role }: Right) => sayRole(role),
            },
            {
              key: 'place',
              label: 'Where',
              selfEvident: true,
              ...list.by('place'),
              cell: (right: Right) => sayRole(sayWhere(right)),
            },
            { key: 'from', label: 'From', ...list.by('from'), cell: ({ startsOn }: Right) => sayDate(startsOn) },
            {
              key: 'until',
              label: 'Until',
              ...list.by('until'),
              cell: ({ endsOn }: Right) => (endsOn ? sayDate(endsOn) : 'No end'),
            },
          ]}
          rows={rights}
          paging={list.paging(total)}
          csv={csv}
          empty={
            <Empty title="Nobody holds such a role">
              <p>
                <Link href="/administration/rights">Show all roles that are held now</Link>
              </p>
            </Empty>
          }
        />
      </Stack>
    </Page>
  )
}

/** Asks whom to give which role, where and for how long. */
export const GrantPage = (
  { academies }: { academies: readonly { id: string; name: string }[] },
  { frame, typed, today }: Visit,
  problems?: Problems,
) => (
  <Page frame={frame} title="Grant a role" current={current} crumbs={below} problems={problems}>
    <Stack>
      <h1>Grant a role</h1>
      <p class="lede">
        The person is told by letter. The role holds at once, in every browser they are signed in with.
      </p>
      <Form action="/administration/rights" csrf={frame.csrf}>
        <TextField
          name="person"
          label="Who"
          hint="A membership number or an email address."
          autocapitalize="none"
          spellcheck={false}
          {...{ typed, problems }}
        />
        <Select name="role" label="Role" empty="Choose one" options={roleOptions} {...{ typed, problems }} />
        <Choices
          kind="radio"
          name="reach"
          label="Where the role holds"
          options={[
            { value: 'academy', label: 'At one academy' },
            { value: 'area', label: 'In an area, and everything within it' },
            { value: 'everywhere', label: 'Everywhere' },
          ]}
          {...{ typed, problems }}
        />
        <Select
          name="academy"
          label="Academy"
          hint="If it holds at one academy."
          empty="None"
          options={academies.map(({ id, name }) => ({ value: id, label: name }))}
          {...{ typed, problems }}
        />
        <TextField
          name="area"
          label="Area"
          hint="If it holds in an area: a nation, region or constituency, by its name."
          {...{ typed, problems }}
        />
        <DateField name="from" label="From" value={today} min={today} {...{ typed, problems }} />
        <DateField
          name="until"
          label="Until"
          hint="The last day. Leave it empty if there is none."
          optional
          min={today}
          {...{ typed, problems }}
        />
        <Button>Grant the role</Button>
      </Form>
    </Stack>
  </Page>
)

/** One right, and the button that ends it. */
export const RightPage = (right: Right, { frame, today, actor }: Visit, problems?: Problems) => {
  const { id, name, membershipNumber, role, startsOn, endsOn, grantedBy, personId } = right
  const over = endsOn !== null && endsOn < today
  return (
    <Page frame={frame} title={`${name}, ${role}`} current={current} crumbs={below} problems={problems}>
      <Stack gap="wide">
        <Stack>
          <h1>
            {name}, {role}
          </h1>
          <Facts
            items={[
              ['Membership number', membershipNumber],
              ['Where', sayRole(sayWhere(right))],
              ['From', sayDate(startsOn)],
              ['Until', endsOn ? sayDate(endsOn) : 'No end'],
              ['Granted by', grantedBy ?? 'Hearten itself'],
            ]}
          />
        </Stack>
        {over ? (
          <p>This role has ended.</p>
        ) : personId === actor.id ? (
          <p>Nobody ends a right of their own. Ask another administrator.</p>
        ) : (
          <Section title="End this role">
            <p>{name} loses it at once, in every browser, and is told by letter.</p>
            <Form action={`/administration/rights/${id}/ending`} csrf={frame.csrf} label="End this role">
              <Button kind="grave">End this role</Button>
            </Form>
          </Section>
        )}
      </Stack>
    </Page>
  )
}
