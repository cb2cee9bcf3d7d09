/** Albers equal-area conic with the usual parallels for China (25° and 47°), centre 105° E; radius of the earth 1, y downwards. */
const RAD = Math.PI / 180
const N = (Math.sin(25 * RAD) + Math.sin(47 * RAD)) / 2
const C = Math.cos(25 * RAD) ** 2 + 2 * N * Math.sin(25 * RAD)

export function conic(lon: number, lat: number): [number, number] {
  const rho = Math.sqrt(C - 2 * N * Math.sin(lat * RAD)) / N
  const theta = N * (lon - 105) * RAD
  return [rho * Math.sin(theta), rho * Math.cos(theta)]
}

export function boxOf(corners: [number, number][]): { left: number; right: number; top: number; bottom: number } {
  const xs = corners.map(([lon, lat]) => conic(lon, lat)[0])
  const ys = corners.map(([lon, lat]) => conic(lon, lat)[1])
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}
