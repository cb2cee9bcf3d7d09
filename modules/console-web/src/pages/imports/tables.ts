/** Bytes of a file that the server looks at; asked here first, so that nobody sends 50 MB to be refused. */
export const MOST_BYTES = 10 * 1024 * 1024
export const TABLES = [
  'companies',
  'vehicles',
  'terminals',
  'drivers',
  'papers',
  'maintenance',
  'hazards',
  'accidents',
  'training',
] as const
export const OUTCOMES = ['refused', 'changed', 'created', 'unchanged'] as const
