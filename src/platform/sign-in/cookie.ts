import type { Visit } from '../web/visit.ts'

/** What this browser sent in a cookie, as it stands. */
export const cookieIn = ({ from }: Pick<Visit, 'from'>, name: string): string | undefined =>
  from.cookie
    .split(/;\s*/)
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1)
