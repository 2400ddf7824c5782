/** Passkeys: shows the forms that need them where the browser can, and fills them with what the device gives. */

interface Descriptor {
  id: string
  type: 'public-key'
  transports?: AuthenticatorTransport[]
}

interface Options {
  challenge: string
  user?: { id: string; name: string; displayName: string }
  excludeCredentials?: Descriptor[]
  allowCredentials?: Descriptor[]
}

const addresses = { add: '/api/account/passkeys/challenge', 'sign-in': '/api/sign-in/passkey/challenge' }

if ('PublicKeyCredential' in globalThis) {
  for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) enliven(place)
}

function enliven(place: HTMLElement): void {
  const form = place.querySelector('form')
  const status = place.querySelector('output')
  const kind = place.dataset['passkey'] as keyof typeof addresses
  if (!form || !status) return
  place.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void fill(form, status, kind, place.dataset['csrf'] ?? '')
  })
}

/** Fills the form with what the device gives, and sends it; or says why not. */
async function fill(form: HTMLFormElement, status: HTMLOutputElement, kind: keyof typeof addresses, csrf: string) {
  status.textContent = 'Follow what your device asks you to do.'
  try {
    form.querySelector<HTMLInputElement>('[name=answer]')!.value = JSON.stringify(await ask(kind, csrf))
    form.submit()
  } catch (error) {
    status.textContent = sayWhy(error)
  }
}

async function ask(kind: keyof typeof addresses, csrf: string): Promise<object> {
  const response = await fetch(addresses[kind], {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': csrf },
    body: '{}',
  })
  const said = (await response.json()) as Options & { problems?: Record<string, string> }
  if (!response.ok) throw new Refused(Object.values(said.problems ?? {}).join(' '))
  const credential =
    kind === 'add'
      ? await navigator.credentials.create({ publicKey: readable(said) as PublicKeyCredentialCreationOptions })
      : await navigator.credentials.get({ publicKey: readable(said) as PublicKeyCredentialRequestOptions })
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no credential')
  return writable(credential)
}

class Refused extends Error {}

/** Options as the browser wants them: bytes where they were sent as text. */
function readable({ challenge, user, excludeCredentials, allowCredentials, ...rest }: Options): object {
  const each = (all: Descriptor[] = []) => all.map((one) => Object.assign(one, { id: bytes(one.id) }))
  return {
    ...rest,
    challenge: bytes(challenge),
    ...(user ? { user: { ...user, id: bytes(user.id) } } : {}),
    ...(excludeCredentials ? { excludeCredentials: each(excludeCredentials) } : {}),
    ...(allowCredentials ? { allowCredentials: each(allowCredentials) } : {}),
  }
}

/** What the device gave, as text to be sent. */
function writable(credential: PublicKeyCredential): object {
  const given = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: text(given.clientDataJSON),
      ...(given.attestationObject
        ? { attestationObject: text(given.attestationObject), transports: given.getTransports?.() ?? [] }
        : {
            authenticatorData: text(given.authenticatorData),
            signature: text(given.signature),
            ...(given.userHandle ? { userHandle: text(given.userHandle) } : {}),
          }),
    },
  }
}

const bytes = (said: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(said.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))

const text = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

function sayWhy(error: unknown): string {
  if (error instanceof Refused && error.message) return error.message
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') return 'This device has a passkey for you already.'
  if (name === 'NotAllowedError') return 'Nothing was done. Try again, or use your email.'
  return 'Passkeys do not work here just now. Use your email instead.'
}
