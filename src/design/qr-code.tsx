import { create } from 'qrcode'

/** A square that a camera reads as this text: dark on light in either scheme, since many cameras read no other. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const edge = 4
  const squares = [...data].flatMap((dark, at) => (dark ? `M${at % size} ${Math.floor(at / size)}h1v1h-1z` : []))
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`${-edge} ${-edge} ${size + 2 * edge} ${size + 2 * edge}`}
      shape-rendering="crispEdges"
    >
      <rect x={-edge} y={-edge} width={size + 2 * edge} height={size + 2 * edge} fill="#fff" />
      <path d={squares.join('')} fill="#000" />
    </svg>
  )
}
