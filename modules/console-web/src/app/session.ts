import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import * as calls from '@/api/calls'
import { ApiError, setCsrfToken, whenSessionEnds } from '@/api/client'
import type { Role, Session, User } from '@/api/types'

/** `ended` keeps the page as it is and asks for the password above it, so that a typed note is not lost. */
type Phase = 'unknown' | 'out' | 'in' | 'ended'

export const useSession = defineStore('session', () => {
  const user = ref<User | null>(null)
  const phase = ref<Phase>('unknown')
  /** Nothing but the account answers before a second factor is set up. */
  const owesFactor = ref(false)
  const has = (...roles: Role[]): boolean => user.value !== null && !owesFactor.value && roles.includes(user.value.role)
  const maySendCommands = computed(() => has('admin', 'lead', 'agent'))
  const mayWorkAtDesk = computed(() => has('admin', 'lead', 'agent'))
  const mayLeadDesk = computed(() => has('admin', 'lead'))
  const mayAnswerNotices = computed(() => has('company'))
  const maySupervise = computed(() => has('regulator'))
  const mayOrder = computed(() => has('admin', 'lead'))
  const maySeeRefusedTerminals = computed(() => has('admin', 'lead', 'agent') && user.value?.scope === 'all')
  const mayListen = computed(() => has('admin', 'lead'))
  const maySeeFiles = computed(() => has('admin', 'lead', 'agent', 'company'))
  const mayAcknowledge = computed(() => has('admin', 'lead', 'agent', 'company'))
  const mayWatch = computed(() => has('admin', 'lead', 'agent', 'company', 'regulator'))
  const mayImport = computed(() => has('admin', 'lead') && user.value?.scope === 'all')
  /** A regulator opens one truck's track after another, with a reason for each. */
  const mayReplayArea = computed(() => has('admin', 'lead', 'agent', 'company'))
  /** Agents have no business with who looks at tracks. */
  const maySeeLooks = computed(() => has('admin', 'lead', 'company', 'regulator'))
  const mayAssignTraining = computed(() => has('admin', 'lead', 'agent', 'company'))
  /** Courses are everyone's. */
  const mayWriteCourses = computed(() => has('admin', 'lead') && user.value?.scope === 'all')
  const maySeeDriverPhones = computed(() => has('admin', 'lead', 'agent'))
  const mayKeepDuties = computed(() => has('admin', 'lead', 'agent', 'company'))
  const mayReviewPapers = computed(() => has('admin', 'lead', 'agent'))
  const mayAdminister = computed(() => has('admin'))
  const mayManageReceivers = computed(() => has('admin', 'company'))
  const mayRerunIndicators = computed(() => has('admin', 'lead', 'regulator') && user.value?.scope === 'all')

  function enter(session: Session): void {
    user.value = session.user
    owesFactor.value = session.second_factor_owed
    setCsrfToken(session.csrf_token)
    phase.value = 'in'
  }
  whenSessionEnds(() => {
    if (phase.value === 'in') phase.value = 'ended'
  })

  /** Looks for a running session; false when there is none. Throws when the server cannot be asked. */
  async function resume(): Promise<boolean> {
    if (phase.value === 'in' || phase.value === 'ended') return true
    try {
      enter(await calls.currentSession())
      return true
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 401) {
        phase.value = 'out'
        return false
      }
      throw cause
    }
  }
  async function signIn(username: string, password: string, remember: boolean, code: string): Promise<void> {
    enter(await calls.signIn(username, password, remember, code))
  }
  async function sayProviderCode(code: string): Promise<void> {
    enter(await calls.sayProviderCode(code))
  }
  /** Asks again what the session may do. */
  async function refresh(): Promise<void> {
    enter(await calls.currentSession())
  }
  /** Throws when the server could not be told: then the session goes on, and nobody may believe that it is over. */
  async function signOut(): Promise<void> {
    try {
      await calls.signOut()
    } catch (cause) {
      if (!(cause instanceof ApiError && cause.status === 401)) throw cause
    }
    user.value = null
    phase.value = 'out'
    setCsrfToken('')
  }
  function ended(): void {
    if (phase.value === 'in') phase.value = 'ended'
  }
  return {
    user,
    phase,
    owesFactor,
    maySendCommands,
    mayWorkAtDesk,
    mayLeadDesk,
    mayAnswerNotices,
    maySupervise,
    mayOrder,
    mayListen,
    maySeeFiles,
    maySeeRefusedTerminals,
    mayAcknowledge,
    mayWatch,
    mayImport,
    mayReplayArea,
    maySeeLooks,
    mayAssignTraining,
    mayWriteCourses,
    maySeeDriverPhones,
    mayKeepDuties,
    mayReviewPapers,
    mayAdminister,
    mayManageReceivers,
    mayRerunIndicators,
    resume,
    signIn,
    sayProviderCode,
    refresh,
    signOut,
    ended,
  }
})
