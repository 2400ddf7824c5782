/** better-auth, set up over our own tables. Nothing outside of this folder knows that it is there. */
import { hashOf } from '../actor.ts'
import { cookieNames } from '../web/server.ts'
import { serializeSignedCookie } from 'better-call'
import type { Visit } from '../web/visit.ts'
import { ourTables, working } from './adapter.ts'
import { cookieIn } from './cookie.ts'
import { recoveryCodes } from './recovery-codes.ts'
import { sessionDays, tokenOf } from './session.ts'

/** How long a link works. */
export const linkMinutes = 15

type Auth = Awaited<ReturnType<typeof make>>

const made = new Map<string, Promise<Auth>>()

/** Works with better-auth for this visit: in its transaction, by its clock. */
export async function withAuth<Done>(visit: Visit, work: (auth: Auth) => Promise<Done>): Promise<Done> {
  if (visit.secret === '') throw new Error('Signing in needs the secret of this installation')
  const ready = await authFor(visit.address, visit.frame.organisation, visit.secret)
  return working.run(visit, () => work(ready))
}

function authFor(address: string, organisation: string, secret: string): Promise<Auth> {
  const key = [address, organisation, secret].join('\n')
  const auth = made.get(key) ?? make(address, organisation, secret)
  made.set(key, auth)
  auth.catch(() => made.delete(key))
  return auth
}

/** Loads what signing in needs, which takes a second, before anyone waits for it. */
export const warmUp = async ({
  address,
  frame,
  secret,
}: Pick<Visit, 'address' | 'frame' | 'secret'>): Promise<void> => {
  const auth = await authFor(address, frame.organisation, secret)
  await auth.$context
}

/** The links that better-auth makes within a visit are handed to whoever asked for one. */
export const linkTaken = new WeakMap<Visit, (token: string) => void>()

/** What better-auth is to know of the browser: its session, and the challenge it was given. */
export async function headersFor(visit: Visit): Promise<Headers> {
  const [token, challenge] = [tokenOf(visit), cookieIn(visit, challengeCookie(visit.address))]
  const session = token && (await serializeSignedCookie(sessionCookie, token, visit.secret))
  const cookies = [session, challenge === undefined ? '' : `${challengeCookie(visit.address)}=${challenge}`]
  return new Headers({ cookie: cookies.filter(Boolean).join('; '), 'user-agent': visit.from.agent })
}

/** The name under which better-auth looks for the session; it never leaves this process. */
const sessionCookie = 'session'

/** The cookie that ties a passkey's challenge to the browser. */
const challengeCookie = (address: string): string => `${cookieNames(address).secure ? '__Host-' : ''}hearten-passkey`

/** Loaded at first use: most pages never need it, and it takes a second. */
async function make(address: string, organisation: string, secret: string) {
  const [{ betterAuth }, { magicLink }, { twoFactor }, { passkey }] = await Promise.all([
    import('better-auth/minimal'),
    import('better-auth/plugins/magic-link'),
    import('better-auth/plugins/two-factor'),
    import('@better-auth/passkey'),
  ])
  const { secure } = cookieNames(address)
  const times = { createdAt: 'created_at', updatedAt: 'updated_at' }
  return betterAuth({
    appName: organisation,
    baseURL: address,
    secret,
    database: ourTables,
    logger: { disabled: true }, // what goes wrong is thrown, and logged by the server without anything personal
    telemetry: { enabled: false },
    user: { modelName: 'person', fields: { ...times, emailVerified: 'email_verified' } },
    session: {
      modelName: 'sign_in_session',
      fields: {
        ...times,
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: sessionDays * 86_400,
      disableSessionRefresh: true,
    },
    verification: { fields: { ...times, expiresAt: 'expires_at' }, disableCleanup: true },
    advanced: {
      useSecureCookies: false, // our own names carry the prefix
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      cookies: {
        session_token: { name: sessionCookie },
        'better-auth-passkey': { name: challengeCookie(address) },
      },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      magicLink({
        expiresIn: linkMinutes * 60,
        disableSignUp: true,
        storeToken: { type: 'custom-hasher', hash: async (token) => hashOf(token) },
        sendMagicLink: async ({ token }) => linkTaken.get(working.getStore()!)?.(token),
      }),
      passkey({
        rpID: new URL(address).hostname,
        rpName: organisation,
        origin: new URL(address).origin,
        schema: {
          passkey: {
            fields: {
              createdAt: 'created_at',
              userId: 'person_id',
              publicKey: 'public_key',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
            },
          },
        },
        // no address is asked for, so that the device must find the passkey by itself
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      }),
      twoFactor({
        allowPasswordless: true, // there are no passwords at all
        backupCodeOptions: { customBackupCodesGenerate: recoveryCodes },
        issuer: organisation,
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              userId: 'person_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  })
}
