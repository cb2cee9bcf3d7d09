import type { GeometryCollection, Topology } from 'topojson-specification'

/** West, south, east, north of the whole outline with the South China Sea dashes. */
export const CHINA_BOUNDS: [number, number, number, number] = [73.4, 3.3, 135.2, 53.7]

export type Provinces = Topology<{ provinces: GeometryCollection; lines: GeometryCollection }>
export type World = Topology<{ world: GeometryCollection }>

export async function load<T>(name: string): Promise<T> {
  const response = await fetch(`${import.meta.env.BASE_URL}basemap/${name}.json`)
  if (!response.ok) throw new Error(`basemap file missing: name=${name} status=${response.status}`)
  return (await response.json()) as T
}

let provincesOnce: Promise<Provinces> | undefined
let worldOnce: Promise<World> | undefined
export const loadProvinces = (): Promise<Provinces> =>
  (provincesOnce ??= load<Provinces>('provinces').catch((cause: unknown) => {
    // Kept, one failure would leave every map empty until the page is loaded anew.
    provincesOnce = undefined
    throw cause
  }))
export const loadWorld = (): Promise<World> =>
  (worldOnce ??= load<World>('world').catch((cause: unknown) => {
    worldOnce = undefined
    throw cause
  }))
