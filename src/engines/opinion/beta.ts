/** The Beta distribution: the regularised incomplete beta function by its continued fraction, and its inverse. */

/** The value below which a Beta(a, b) quantity falls with probability p, to 1e-12; a and b at least 1, p in (0, 1). */
export function betaQuantile(p: number, a: number, b: number): number {
  if (b === 1) return p ** (1 / a)
  if (a === 1) return 1 - (1 - p) ** (1 / b)
  const scale = logGamma(a + b) - logGamma(a) - logGamma(b)
  let [low, high] = [0, 1]
  const deviation = Math.sqrt((a * b) / (a + b + 1)) / (a + b)
  let x = Math.min(0.999, Math.max(0.001, a / (a + b) - 1.2816 * deviation))
  for (let step = 0; step < 100 && high - low > 1e-15; step++) {
    const excess = betaBelow(x, a, b) - p
    if (excess > 0) high = x
    else low = x
    const slope = Math.exp(scale + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x))
    const next = x - excess / slope
    const better = next > low && next < high ? next : (low + high) / 2
    if (Math.abs(better - x) < 1e-14) return better
    x = better
  }
  return x
}

/** The probability that a Beta(a, b) quantity is at most x. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  return front / continuedFraction(x, a, b)
}

/** 1 + d1/(1 + d2/(1 + …)), from the front (Lentz's method). */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let [f, c, d] = [1, 1, 0]
  for (let i = 1; i < 5000; i++) {
    const m = i >> 1
    const term =
      i % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + term * d || tiny)
    c = 1 + term / c || tiny
    f *= c * d
    if (Math.abs(1 - c * d) < 1e-15) break
  }
  return f
}

/** The logarithm of Γ(x) for x of at least 1: Stirling's series, from 10 on, where it is exact to rounding. */
export function logGamma(x: number): number {
  let below = 1
  while (x < 10) below *= x++
  const square = x * x
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) / square) / x
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - Math.log(below)
}
