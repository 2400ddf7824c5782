import type { Problems } from '#core/refusal'
import { Button, Form, Link, Notice, Page, Row, Section, Stack, Table, TextArea, TextField } from '#design'
import type { Visit } from '#platform/web'
import type { Venue } from '../queries.ts'
import type { Academy } from '../reading.ts'

/** The pages above one about an academy. */
export const crumbsTo = ({ slug, name }: Pick<Academy, 'slug' | 'name'>) => [
  { href: '/academies', label: 'Academies' },
  { href: `/academies/${slug}`, label: name },
]

/** The form in which an academy is opened. */
export const OpenPage = (_: object, { frame, typed }: Visit, problems?: Problems) => (
  <Page
    frame={frame}
    title="Open an academy"
    current="/academies"
    crumbs={[{ href: '/academies', label: 'Academies' }]}
    problems={problems}
  >
    <Stack gap="roomy">
      <h1>Open an academy</h1>
      <Form action="/academies/new" csrf={frame.csrf}>
        <AcademyFields academy={undefined} typed={typed} problems={problems} />
        <TextField
          name="area"
          label="Where it is"
          hint="The region or constituency that it is in. It serves that area from the start."
          maxlength={80}
          typed={typed}
          problems={problems}
        />
        <Row>
          <Button>Open the academy</Button>
        </Row>
      </Form>
    </Stack>
  </Page>
)

export interface Changing {
  academy: Academy
  venues: readonly Venue[]
}

/** What an academy says of itself, its venues, and closing it. */
export function ChangePage({ academy, venues }: Changing, { frame, typed }: Visit, problems?: Problems) {
  const at = `/academies/${academy.slug}`
  const title = `Change ${academy.name}`
  return (
    <Page frame={frame} title={title} current="/academies" crumbs={crumbsTo(academy)} problems={problems}>
      <Stack gap="wide">
        <h1>{title}</h1>
        <Form action={`${at}/edit`} csrf={frame.csrf}>
          <AcademyFields academy={academy} typed={typed} problems={problems} />
          <Row>
            <Button>Save</Button>
            <Link href={at}>Leave it as it was</Link>
          </Row>
        </Form>
        <Section title="Venues">
          <Table
            caption="Venues in use"
            quietCaption
            columns={[
              {
                key: 'name',
                label: 'Venue',
                cell: ({ id, name }) => <Link href={`${at}/venues/${id}/edit`}>{name}</Link>,
              },
              { key: 'postcode', label: 'Postcode' },
              { key: 'rooms', label: 'Rooms', number: true, cell: ({ rooms }) => rooms.length },
            ]}
            rows={venues}
            csv={`${at}/venues.csv`}
            empty={<p>There are none yet.</p>}
          />
          <Row>
            <Link href={`${at}/venues/new`}>Add a venue</Link>
            <Link href={`${at}/areas`}>Areas served</Link>
          </Row>
        </Section>
        {!academy.closedOn && (
          <Section title="Close it">
            <Form action={`${at}/closing`} csrf={frame.csrf} label="Close this academy">
              <p>A closed academy is not in the list, and no run can be scheduled there. Its past stays.</p>
              <Row>
                <Button kind="grave">Close this academy</Button>
              </Row>
            </Form>
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const AcademyFields = ({
  academy,
  ...given
}: {
  academy: Academy | undefined
  typed: Visit['typed']
  problems: Problems | undefined
}) => (
  <>
    <TextField name="name" label="Name" value={academy?.name} maxlength={80} {...given} />
    <TextArea
      name="summary"
      label="What people should know of it"
      hint="A sentence or two"
      optional
      value={academy?.summary}
      rows={3}
      maxlength={400}
      {...given}
    />
    <TextField
      name="email"
      label="Email"
      type="email"
      optional
      value={academy?.email}
      autocomplete="email"
      {...given}
    />
    <TextField
      name="phone"
      label="Phone"
      type="tel"
      optional
      value={academy?.phone}
      width="middle"
      maxlength={40}
      {...given}
    />
  </>
)

/** The areas that an academy serves, each with a way to take it away, and a way to add one. */
export function AreasPage({ academy }: Changing, { frame, typed }: Visit, problems?: Problems) {
  const at = `/academies/${academy.slug}/areas`
  const title = `Areas that ${academy.name} serves`
  return (
    <Page frame={frame} title={title} current="/academies" crumbs={crumbsTo(academy)} problems={problems}>
      <Stack gap="wide">
        <h1>{title}</h1>
        <Table
          caption="Areas served"
          columns={[
            { key: 'name', label: 'Area' },
            { key: 'kind', label: 'Kind' },
            {
              key: 'code',
              label: 'Take away',
              cell: ({ code, name }) => (
                <Form action={`${at}/${code}/removal`} csrf={frame.csrf} label={`Take away ${name}`}>
                  <Button kind="second" about={name}>
                    Take away
                  </Button>
                </Form>
              ),
            },
          ]}
          rows={academy.serves}
        />
        <Section title="Add an area">
          <Form action={at} csrf={frame.csrf} label="Add an area">
            <TextField
              name="area"
              label="Which area"
              hint="The name of a region, constituency or ward, or a postcode in it"
              maxlength={80}
              typed={typed}
              problems={problems}
            />
            <Row>
              <Button>Add this area</Button>
            </Row>
          </Form>
          <Notice>
            <p>
              Who coordinates here also looks after the people of these areas. So you can add an area only if you look
              after it already.
            </p>
          </Notice>
        </Section>
      </Stack>
    </Page>
  )
}
