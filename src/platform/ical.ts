/** Calendars as iCalendar (RFC 5545) text: feeds that programs subscribe to, and invitations that go with mail (RFC 5546). */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator'
import { Temporal } from 'temporal-polyfill'

/** Something with a time, as calendars show it. */
export interface CalendarEntry {
  /** The same for as long as it exists, whatever changes. */
  uid: string
  /** Grows with every change, so that a program keeps the newer of two. */
  sequence: number
  changedAt: Date
  startsAt: Date
  endsAt: Date
  title: string
  where: string
  words: string
  url: string
  /** It is off; calendars that know it take it out or strike it through. */
  off?: boolean
  /** It is not yet sure that they come. */
  tentative?: boolean
}

const zone = 'Europe/London'
const product = '//Hearten//Academy//EN'

/** A calendar to subscribe to. The same entries give the same text, so that it can be told whether anything changed. */
export function feedOf(name: string, entries: readonly CalendarEntry[]): string {
  const calendar = ical({ prodId: product, name: oneLine(name), ttl: 3600 })
  // a calendar must hold at least one thing: an empty one holds its time zone
  calendar.timezone({ name: entries.length === 0 ? zone : null, generator: () => london })
  for (const entry of entries) calendar.createEvent(eventOf(entry, entry.changedAt))
  return `${calendar.toString()}\r\n`
}

export interface Invitation {
  organiser: { name: string; email: string }
  to: { name: string; email: string }
  /** When it is made. */
  at: Date
  entries: readonly CalendarEntry[]
}

/** What goes with a letter: one calendar object for each entry, since a request or a cancellation may name only one. */
export const invitationOf = ({ organiser, to, at, entries }: Invitation): string =>
  entries
    .map((entry) => {
      const calendar = ical({
        prodId: product,
        method: entry.off ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
        timezone: { name: null, generator: () => london },
      })
      calendar
        .createEvent({ ...eventOf(entry, at), organizer: { name: oneLine(organiser.name), email: organiser.email } })
        .createAttendee({
          name: oneLine(to.name),
          email: to.email,
          role: ICalAttendeeRole.REQ,
          rsvp: false,
          status: entry.tentative ? ICalAttendeeStatus.NEEDSACTION : ICalAttendeeStatus.ACCEPTED,
        })
      return `${calendar.toString()}\r\n`
    })
    .join('')

/** A mail's calendar text taken apart into its objects, each with its method. */
export const objectsIn = (text: string): { method: string; content: string }[] =>
  [...text.matchAll(/BEGIN:VCALENDAR\r?\n[\s\S]*?END:VCALENDAR\r?\n?/g)].map(([content]) => ({
    method: /^METHOD:(\w+)/m.exec(content)?.[1] ?? 'PUBLISH',
    content,
  }))

function eventOf(entry: CalendarEntry, stamp: Date): ICalEventData {
  const { uid, sequence, changedAt, startsAt, endsAt, title, where, words, url, off, tentative } = entry
  return {
    id: uid,
    sequence,
    stamp,
    lastModified: changedAt,
    start: inLondon(startsAt),
    end: inLondon(endsAt),
    timezone: zone,
    // many programs ignore the status, so the title says it too
    summary: clean(off ? `Cancelled: ${title}` : title),
    location: clean(where),
    description: clean(words),
    url,
    status: off ? ICalEventStatus.CANCELLED : tentative ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
  }
}

const inLondon = (at: Date): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)

// Control characters, but for the line feed, may not stand in a calendar.
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000B-\u001F\u007F]/g
const clean = (text: string): string => text.replace(/\r\n?/g, '\n').replace(control, ' ')

const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ')

/** The rule of our time zone since 1996, so that a program need not know it. */
const london = `BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19970330T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`.replaceAll('\n', '\r\n')
