/** Eigenvectors of small symmetric tables, and the best directions within a subspace. */

/**
 * The `count` best approximate eigenvectors of a symmetric operator within the span of orthonormal `tried`, whose images it
 * has given (Rayleigh–Ritz). `residuals` say how far each image is from a multiple of its vector.
 */
export function ritz(
  tried: readonly Float64Array[],
  images: readonly Float64Array[],
  count: number,
): { vectors: Float64Array[]; values: number[]; residuals: number[] } {
  const table = tried.map((a) => images.map((image) => sumOfProducts(a, image)))
  for (let i = 0; i < table.length; i++)
    for (let j = 0; j < i; j++) table[i]![j] = table[j]![i] = (table[i]![j]! + table[j]![i]!) / 2
  const { values, vectors } = eigen(table)
  const best = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b)
  const chosen = best.slice(0, count)
  const combined = chosen.map((c) => combine(tried, vectors[c]!))
  const residuals = chosen.map((c, i) => {
    const image = combine(images, vectors[c]!)
    return Math.sqrt(image.reduce((sum, x, j) => sum + (x - values[c]! * combined[i]![j]!) ** 2, 0))
  })
  return { vectors: combined, values: chosen.map((c) => Math.max(0, values[c]!)), residuals }
}

/** All eigenvalues and eigenvectors of a small symmetric table, by Jacobi's rotations. */
export function eigen(symmetric: readonly (readonly number[])[]): { values: number[]; vectors: Float64Array[] } {
  const size = symmetric.length
  const a = symmetric.map((row) => Float64Array.from(row))
  const vectors = a.map((_, i) => Float64Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)))
  const all = a.reduce((sum, row) => sum + row.reduce((s, x) => s + x * x, 0), 0)
  for (let sweep = 0; sweep < 60; sweep++) {
    let apart = 0
    for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) apart += a[p]![q]! ** 2
    if (apart <= all * 1e-30) break
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const off = a[p]![q]!
        if (off === 0) continue
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * off)
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const cos = 1 / Math.sqrt(t * t + 1)
        rotate(a, vectors, p, q, cos, t * cos)
      }
  }
  return { values: a.map((row, i) => row[i]!), vectors }
}

/** Turns rows and columns p and q of `a`, and rows p and q of `vectors`. */
function rotate(a: Float64Array[], vectors: Float64Array[], p: number, q: number, cos: number, sin: number): void {
  const [rowP, rowQ, vp, vq] = [a[p]!, a[q]!, vectors[p]!, vectors[q]!]
  for (const row of a) {
    const [x, y] = [row[p]!, row[q]!]
    row[p] = cos * x - sin * y
    row[q] = sin * x + cos * y
  }
  for (let k = 0; k < rowP.length; k++) {
    const [x, y] = [rowP[k]!, rowQ[k]!]
    rowP[k] = cos * x - sin * y
    rowQ[k] = sin * x + cos * y
    const [u, w] = [vp[k]!, vq[k]!]
    vp[k] = cos * u - sin * w
    vq[k] = sin * u + cos * w
  }
}

function combine(parts: readonly Float64Array[], shares: Float64Array): Float64Array {
  const whole = new Float64Array(parts[0]!.length)
  parts.forEach((part, i) => {
    const share = shares[i]!
    for (let j = 0; j < whole.length; j++) whole[j]! += share * part[j]!
  })
  return whole
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}
