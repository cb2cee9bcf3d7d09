import type { RouteLocationRaw } from 'vue-router'
import type { User } from '@/api/types'

/** Where somebody begins who does not say where: at his work. */
export function homeOf(user: Pick<User, 'role' | 'scope'>): RouteLocationRaw {
  switch (user.role) {
    case 'lead':
    case 'agent':
      return { name: 'desk' }
    case 'company': {
      const only = /^company:(\d+)$/.exec(user.scope)
      return only ? { name: 'company', params: { id: only[1] } } : { name: 'companies' }
    }
    case 'regulator':
      return { name: 'region' }
    case 'driver':
      return { name: 'account' }
    case 'admin':
      return { name: 'map' }
  }
}
