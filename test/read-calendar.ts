/** A strict reader of iCalendar text, for the tests: it throws at anything that RFC 5545 does not allow. */
import { instantAt } from '#core/days'

export interface Component {
  name: string
  properties: Record<string, { value: string; params: Record<string, string> }>
  inside: Component[]
}

/** An entry as a calendar program would understand it. */
export interface ReadEntry {
  uid: string
  sequence: number
  status: string
  startsAt: Date
  endsAt: Date
  title: string
  where: string
  words: string
  stamp: string
  lastModified: string
  organiser: string | undefined
  attendee: string | undefined
  standing: string | undefined
}

/** Every calendar object in the text, with its method and its entries. */
export function readCalendars(
  text: string,
): { method: string | undefined; name: string | undefined; entries: ReadEntry[] }[] {
  return objectsOf(text).map((calendar) => {
    if (calendar.name !== 'VCALENDAR') throw new Error(`${calendar.name} is not a calendar`)
    if (calendar.properties['VERSION']?.value !== '2.0') throw new Error('no version')
    if (!calendar.properties['PRODID']) throw new Error('no product')
    if (calendar.inside.length === 0) throw new Error('an empty calendar')
    const zones = calendar.inside.filter(({ name }) => name === 'VTIMEZONE')
    if (zones.length !== 1 || zones[0]!.properties['TZID']?.value !== 'Europe/London') throw new Error('no time zone')
    return {
      method: calendar.properties['METHOD']?.value,
      name: calendar.properties['X-WR-CALNAME']?.value,
      entries: calendar.inside.filter(({ name }) => name === 'VEVENT').map(entryFrom),
    }
  })
}

function entryFrom({ properties }: Component): ReadEntry {
  const of = (name: string): string => {
    const found = properties[name]
    if (!found) throw new Error(`no ${name}`)
    return found.value
  }
  const time = (name: string): Date => {
    const { value, params } = properties[name]!
    if (params['TZID'] !== 'Europe/London') throw new Error(`${name} has no time zone`)
    const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00$/.exec(value)!
    return instantAt(`${year}-${month}-${day}`, `${hour}:${minute}`)
  }
  for (const name of ['DTSTAMP', 'LAST-MODIFIED'])
    if (!/^\d{8}T\d{6}Z$/.test(of(name))) throw new Error(`${name} is not in universal time`)
  return {
    uid: of('UID'),
    sequence: Number(of('SEQUENCE')),
    status: of('STATUS'),
    startsAt: time('DTSTART'),
    endsAt: time('DTEND'),
    title: unescaped(of('SUMMARY')),
    where: unescaped(of('LOCATION')),
    words: unescaped(of('DESCRIPTION')),
    stamp: of('DTSTAMP'),
    lastModified: of('LAST-MODIFIED'),
    organiser: properties['ORGANIZER']?.value,
    attendee: properties['ATTENDEE']?.value.toLowerCase(),
    standing: properties['ATTENDEE']?.params['PARTSTAT'],
  }
}

function objectsOf(text: string): Component[] {
  if (!text.endsWith('\r\n')) throw new Error('the last line does not end')
  const lines = text.slice(0, -2).split('\r\n')
  for (const line of lines) {
    if (Buffer.byteLength(line) > 75) throw new Error(`a line of ${Buffer.byteLength(line)} bytes`)
    // oxlint-disable-next-line no-control-regex
    if (/[\u0000-\u0008\u000A-\u001F\u007F\uFFFD]/.test(line)) throw new Error('a control character')
  }
  const unfolded: string[] = []
  for (const line of lines) {
    if (line.startsWith(' ')) unfolded[unfolded.length - 1] += line.slice(1)
    else unfolded.push(line)
  }
  const top: Component = { name: '', properties: {}, inside: [] }
  const open = [top]
  for (const line of unfolded) {
    const { name, params, value } = propertyIn(line)
    const current = open.at(-1)!
    if (name === 'BEGIN') {
      const component = { name: value, properties: {}, inside: [] }
      current.inside.push(component)
      open.push(component)
    } else if (name === 'END') {
      if (open.pop()!.name !== value) throw new Error(`${value} ends where it did not begin`)
    } else {
      if (current.properties[name]) throw new Error(`${name} twice`)
      current.properties[name] = { value, params }
    }
  }
  if (open.length !== 1) throw new Error('something does not end')
  return top.inside
}

function propertyIn(line: string): { name: string; params: Record<string, string>; value: string } {
  const match = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/s.exec(line)
  if (!match) throw new Error(`not a property: ${line}`)
  const params: Record<string, string> = {}
  for (const [, name, value] of match[2]!.matchAll(/;([A-Z-]+)=("[^"]*"|[^";:,]*)/g))
    params[name!] = value!.replaceAll('"', '')
  return { name: match[1]!, params, value: match[3]! }
}

function unescaped(value: string): string {
  if (/(?<!\\)(?:\\\\)*[,;]/.test(value)) throw new Error(`not escaped: ${value}`)
  return value.replaceAll(/\\([\\;,nN])/g, (_, letter: string) => (letter.toLowerCase() === 'n' ? '\n' : letter))
}
