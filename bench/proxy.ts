/** A network that can fail: a proxy on this machine whose connections can all be reset at once. */
import { connect, createServer, type Socket } from 'node:net'

export interface Proxy {
  port: number
  /** Resets every connection, at both ends; resolves to how many there were. */
  cut: () => number
  close: () => Promise<void>
}

/** Passes everything on to a port of this machine. */
export function openProxy(target: number): Promise<Proxy> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  const cut = (): number => {
    const count = open.size / 2
    for (const socket of open) socket.resetAndDestroy()
    return count
  }
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const at = server.address()
      resolve({
        port: typeof at === 'object' && at ? at.port : 0,
        cut,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            cut()
          }),
      })
    })
  })
}
