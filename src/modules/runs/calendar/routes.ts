/** Calendar feeds, and the page on which their secret addresses are made and renewed. */
import { anyone, api, file, form, page, read, type Route, signedIn } from '#platform/web'
import { feedAt } from './feeds.ts'
import { addressesOf, renewCalendar } from './keys.ts'
import { CalendarPage } from './page.tsx'

export const calendarRoutes: readonly Route[] = [
  file('/calendar/:key.ics', {
    // the address itself is the key
    access: anyone,
    load: async (visit, { key }) => {
      const feed = await feedAt(visit, key)
      return (
        feed && {
          type: 'text/calendar; charset=utf-8',
          body: feed.text,
          headers: { etag: feed.tag, 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' },
        }
      )
    },
  }),
  page('/me/calendar', { access: signedIn, load: addressesOf, view: CalendarPage }),
  form('/me/calendar', {
    action: renewCalendar,
    load: addressesOf,
    view: CalendarPage,
    to: () => '/me/calendar',
    says: () => 'Here is your new address. An older one shows nothing any more.',
  }),
  read('/api/me/calendar', {
    does: 'Your secret calendar addresses.',
    scope: 'calendar:read',
    access: signedIn,
    load: async (visit) => ({ calendars: await addressesOf(visit) }),
  }),
  api('POST', '/api/me/calendar', renewCalendar),
]
