import type { Problems } from '#core/refusal'
import {
  Button,
  Choice,
  Form,
  Link,
  Page,
  PostcodeField,
  Row,
  Section,
  Stack,
  Table,
  TextArea,
  TextField,
} from '#design'
import type { Visit } from '#platform/web'
import { accessNames, type Venue } from '../queries.ts'
import type { Academy } from '../reading.ts'
import { crumbsTo } from './academy-pages.tsx'

export interface VenueEdited {
  academy: Academy
  /** None for one that is new. */
  venue: Venue | undefined
}

type Given = { typed: Visit['typed']; problems: Problems | undefined }

/** The form for a venue; below it its rooms, and closing it. */
export function VenuePage({ academy, venue }: VenueEdited, { frame, typed }: Visit, problems?: Problems) {
  const at = `/academies/${academy.slug}/venues`
  const title = venue ? `Change ${venue.name}` : 'Add a venue'
  return (
    <Page frame={frame} title={title} current="/academies" crumbs={crumbsTo(academy)} problems={problems}>
      <Stack gap="wide">
        <h1>{title}</h1>
        <Form action={venue ? `${at}/${venue.id}/edit` : `${at}/new`} csrf={frame.csrf}>
          <Stack gap="wide">
            <Where venue={venue} typed={typed} problems={problems} />
            <Access venue={venue} typed={typed} problems={problems} />
          </Stack>
          <Row>
            <Button>{venue ? 'Save' : 'Add this venue'}</Button>
            <Link href={`/academies/${academy.slug}`}>Leave it as it was</Link>
          </Row>
        </Form>
        {venue && <RoomsOf academy={academy} venue={venue} />}
        {venue && (
          <Section title="Close it">
            <Form action={`${at}/${venue.id}/closing`} csrf={frame.csrf} label="Close this venue">
              <p>No run can be scheduled in a closed venue. Runs that were there stay as they were.</p>
              <Row>
                <Button kind="grave">Close this venue</Button>
              </Row>
            </Form>
          </Section>
        )}
      </Stack>
    </Page>
  )
}

const Where = ({ venue, ...given }: { venue: Venue | undefined } & Given) => (
  <Section title="Where it is">
    <TextField name="name" label="Name" value={venue?.name} maxlength={100} {...given} />
    <TextField
      name="address"
      label="Address"
      hint="Street and town"
      value={venue?.address}
      maxlength={200}
      {...given}
    />
    <PostcodeField name="postcode" label="Postcode" value={venue?.postcode} {...given} />
    <TextField
      name="area"
      label="Constituency"
      hint="Only where its postcode does not tell us"
      optional
      value={venue?.areaCode}
      maxlength={80}
      {...given}
    />
    <TextField name="nearestStop" label="Nearest stop" optional value={venue?.nearestStop} maxlength={120} {...given} />
    <Row>
      <TextField
        name="lat"
        label="Latitude"
        optional
        value={venue?.lat}
        inputmode="decimal"
        width="middle"
        {...given}
      />
      <TextField name="lon" label="Longitude" optional value={venue?.lon} width="middle" {...given} />
    </Row>
  </Section>
)

const Access = ({ venue, typed, problems }: { venue: Venue | undefined } & Given) => {
  const sent = Object.keys(typed).length > 0
  return (
    <Section title="What it is like to get in" gap="close">
      <div>
        {accessNames.map(([fact, name]) => (
          <Choice
            name={fact}
            label={name.charAt(0).toUpperCase() + name.slice(1)}
            checked={sent ? typed[fact] !== undefined : venue?.[fact]}
          />
        ))}
      </div>
      <TextArea
        name="notes"
        label="Good to know"
        hint="Which door, which bell, where to park a wheelchair"
        optional
        value={venue?.notes}
        rows={3}
        maxlength={500}
        typed={typed}
        problems={problems}
      />
    </Section>
  )
}

const RoomsOf = ({ academy, venue }: { academy: Academy; venue: Venue }) => (
  <Section title="Rooms">
    <Table
      caption="Rooms in use"
      quietCaption
      columns={[
        {
          key: 'name',
          label: 'Room',
          cell: ({ id, name }) => <Link href={`/academies/${academy.slug}/rooms/${id}/edit`}>{name}</Link>,
        },
        { key: 'capacity', label: 'People', number: true },
      ]}
      rows={venue.rooms}
      empty={<p>There are none yet.</p>}
    />
    <p>
      <Link href={`/academies/${academy.slug}/venues/${venue.id}/rooms`}>Add a room</Link>
    </p>
  </Section>
)

export interface RoomEdited {
  academy: Academy
  venue: Venue
  /** None for one that is new. */
  room: Venue['rooms'][number] | undefined
}

/** The form for a room, and closing it. */
export function RoomPage({ academy, venue, room }: RoomEdited, { frame, typed }: Visit, problems?: Problems) {
  const at = `/academies/${academy.slug}`
  const title = room ? `Change ${room.name}` : `Add a room to ${venue.name}`
  const crumbs = [...crumbsTo(academy), { href: `${at}/venues/${venue.id}/edit`, label: venue.name }]
  return (
    <Page frame={frame} title={title} current="/academies" crumbs={crumbs} problems={problems}>
      <Stack gap="wide">
        <h1>{title}</h1>
        <Form action={room ? `${at}/rooms/${room.id}/edit` : `${at}/venues/${venue.id}/rooms`} csrf={frame.csrf}>
          <TextField name="name" label="Name" value={room?.name} maxlength={80} typed={typed} problems={problems} />
          <TextField
            name="capacity"
            label="How many people it holds"
            value={room?.capacity}
            inputmode="numeric"
            width="short"
            typed={typed}
            problems={problems}
          />
          <Row>
            <Button>{room ? 'Save' : 'Add this room'}</Button>
          </Row>
        </Form>
        {room && (
          <Form action={`${at}/rooms/${room.id}/closing`} csrf={frame.csrf} label="Close this room">
            <Row>
              <Button kind="grave">Close this room</Button>
            </Row>
          </Form>
        )}
      </Stack>
    </Page>
  )
}
