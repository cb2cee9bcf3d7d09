import { createRouter, createWebHistory } from 'vue-router'
import { homeOf } from './home'
import { leaveKiosk, takeKiosk } from './kiosk'
import type { Surface } from './preferences'
import { usePreferences } from './preferences'
import { useSession } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    surface?: Surface
    open?: boolean
    title?: string
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('@/pages/sign-in/SignInPage.vue'),
      meta: { open: true, title: 'signIn.title' },
    },
    {
      path: '/welcome',
      name: 'welcome',
      component: () => import('@/pages/welcome/WelcomePage.vue'),
      meta: { open: true, title: 'welcome.title' },
    },
    {
      path: '/wall',
      name: 'wall',
      component: () => import('@/pages/wall/WallPage.vue'),
      meta: { surface: 'wall', title: 'wall.page' },
    },
    {
      path: '/',
      component: () => import('@/app/Shell.vue'),
      children: [
        // Which page that is depends on who it is, so the guard below leads on.
        { path: '', name: 'home', component: () => import('@/pages/UnknownPage.vue') },
        {
          path: 'map',
          name: 'map',
          component: () => import('@/pages/map/MapPage.vue'),
          meta: { surface: 'map', title: 'nav.map' },
        },
        {
          path: 'alarms/:id?',
          name: 'alarms',
          component: () => import('@/pages/alarms/AlarmsPage.vue'),
          meta: { title: 'nav.alarms' },
        },
        {
          path: 'desk/:id([0-9a-f-]{36})?',
          name: 'desk',
          component: () => import('@/pages/desk/DeskRoute.vue'),
          meta: { title: 'nav.desk' },
        },
        {
          path: 'desk/shift',
          name: 'shift',
          component: () => import('@/pages/shift/ShiftPage.vue'),
          meta: { title: 'shift.title' },
        },
        {
          path: 'desk/deadlines',
          name: 'deadlines',
          component: () => import('@/pages/shift/DeadlinesPage.vue'),
          meta: { title: 'deadlines.title' },
        },
        {
          path: 'desk/cab-texts',
          name: 'cab-texts',
          component: () => import('@/pages/shift/CabTextsPage.vue'),
          meta: { title: 'cabTexts.title' },
        },
        {
          path: 'cases/:id(\\d+)?',
          name: 'cases',
          component: () => import('@/pages/cases/CasesPage.vue'),
          meta: { title: 'nav.cases' },
        },
        {
          path: 'appeals',
          name: 'appeals',
          component: () => import('@/pages/cases/AppealsPage.vue'),
          meta: { title: 'nav.appeals' },
        },
        {
          path: 'notices',
          name: 'notices',
          component: () => import('@/pages/notices/NoticesPage.vue'),
          meta: { title: 'nav.notices' },
        },
        {
          path: 'notifications',
          name: 'notifications',
          component: () => import('@/pages/notifications/NotificationsPage.vue'),
          meta: { title: 'nav.notifications' },
        },
        {
          path: 'region',
          name: 'region',
          component: () => import('@/pages/region/RegionPage.vue'),
          meta: { title: 'region.title' },
        },
        {
          path: 'supervision/:id(\\d+)?',
          name: 'supervision',
          component: () => import('@/pages/supervision/SupervisionPage.vue'),
          meta: { title: 'nav.supervision' },
        },
        {
          path: 'inspections/:id(\\d+)?',
          name: 'inspections',
          component: () => import('@/pages/inspections/InspectionsPage.vue'),
          meta: { title: 'inspections.tab' },
        },
        {
          path: 'indicators',
          name: 'indicators',
          component: () => import('@/pages/indicators/IndicatorsPage.vue'),
          meta: { title: 'nav.indicators' },
        },
        {
          path: 'companies',
          name: 'companies',
          component: () => import('@/pages/companies/CompaniesPage.vue'),
          meta: { title: 'nav.companies' },
        },
        {
          path: 'companies/:id(\\d+)',
          name: 'company',
          component: () => import('@/pages/companies/CompanyRiskPage.vue'),
          meta: { title: 'nav.risk' },
        },
        {
          path: 'companies/:id(\\d+)/papers',
          name: 'company-papers',
          component: () => import('@/pages/papers/CompanyPapersPage.vue'),
          meta: { title: 'papers.title' },
        },
        {
          path: 'companies/:id(\\d+)/duties/:tab(services|hazards|accidents|training)?',
          name: 'company-duties',
          component: () => import('@/pages/duties/CompanyDutiesPage.vue'),
          meta: { title: 'duties.title' },
        },
        {
          path: 'companies/:id(\\d+)/report',
          name: 'company-report',
          component: () => import('@/pages/report/ReportPage.vue'),
          meta: { title: 'report.title' },
        },
        {
          path: 'companies/:id(\\d+)/training',
          name: 'company-training',
          component: () => import('@/pages/training/CompanyTrainingPage.vue'),
          meta: { title: 'nav.training' },
        },
        {
          path: 'companies/:id(\\d+)/ledger',
          name: 'company-ledger',
          component: () => import('@/pages/training/LedgerPage.vue'),
          meta: { title: 'training.ledger.title' },
        },
        {
          path: 'companies/:id(\\d+)/at-the-wheel',
          name: 'company-at-the-wheel',
          component: () => import('@/pages/training/AtTheWheelPage.vue'),
          meta: { title: 'training.atTheWheel.title' },
        },
        {
          path: 'training',
          name: 'training',
          component: () => import('@/pages/training/ProgressPage.vue'),
          meta: { title: 'nav.training' },
        },
        {
          path: 'training/plans',
          name: 'training-plans',
          component: () => import('@/pages/training/PlansPage.vue'),
          meta: { title: 'training.tab.plans' },
        },
        {
          path: 'training/courses',
          name: 'training-courses',
          component: () => import('@/pages/training/CoursesPage.vue'),
          meta: { title: 'training.tab.courses' },
        },
        {
          path: 'training/courses/:id(\\d+)',
          name: 'training-course',
          component: () => import('@/pages/training/CoursePage.vue'),
          meta: { title: 'training.tab.courses' },
        },
        {
          path: 'training/courses/new',
          name: 'training-course-new',
          component: () => import('@/pages/training/writing/CourseEditPage.vue'),
          meta: { title: 'training.write.course.new' },
        },
        {
          path: 'training/courses/:id(\\d+)/edit',
          name: 'training-course-edit',
          component: () => import('@/pages/training/writing/CourseEditPage.vue'),
          meta: { title: 'training.write.course.edit' },
        },
        {
          path: 'training/courses/:id(\\d+)/lessons/:lesson(new|\\d+)',
          name: 'training-lesson',
          component: () => import('@/pages/training/writing/LessonPage.vue'),
          meta: { title: 'training.write.lesson.title' },
        },
        {
          path: 'training/certificates',
          name: 'training-certificates',
          component: () => import('@/pages/training/CertificatesPage.vue'),
          meta: { title: 'training.tab.certificates' },
        },
        {
          path: 'training/effect',
          name: 'training-effect',
          component: () => import('@/pages/training/EffectPage.vue'),
          meta: { title: 'training.tab.effect' },
        },
        {
          path: 'dispatch',
          name: 'dispatch',
          component: () => import('@/pages/dispatch/DispatchPage.vue'),
          meta: { title: 'dispatch.title' },
        },
        {
          path: 'imports/:id([0-9a-f-]{36})?',
          name: 'imports',
          component: () => import('@/pages/imports/ImportsPage.vue'),
          meta: { title: 'imports.title' },
        },
        {
          path: 'orders/:id([0-9a-f-]{36})?',
          name: 'orders',
          component: () => import('@/pages/orders/OrdersPage.vue'),
          meta: { title: 'nav.orders' },
        },
        {
          path: 'terminals',
          name: 'terminals',
          component: () => import('@/pages/terminals/RefusedTerminalsPage.vue'),
          meta: { title: 'nav.terminals' },
        },
        {
          path: 'terminals/models',
          name: 'terminal-models',
          component: () => import('@/pages/terminals/TerminalModelsPage.vue'),
          meta: { title: 'terminal.byModel' },
        },
        {
          path: 'vehicles/:id(\\d+)/terminal',
          name: 'terminal',
          component: () => import('@/pages/terminals/TerminalPage.vue'),
          meta: { title: 'terminal.title' },
        },
        {
          path: 'vehicles/:id(\\d+)/day/:day(\\d{4}-\\d{2}-\\d{2})',
          name: 'replay',
          component: () => import('@/pages/replay/ReplayPage.vue'),
          meta: { title: 'replay.title' },
        },
        {
          path: 'documents/:no?',
          name: 'document',
          component: () => import('@/pages/documents/DocumentPage.vue'),
          meta: { title: 'document.title' },
        },
        {
          path: 'register/:table?',
          name: 'register',
          component: () => import('@/pages/register/RegisterPage.vue'),
          meta: { title: 'register.title' },
        },
        {
          path: 'looks',
          name: 'looks',
          component: () => import('@/pages/looks/LooksPage.vue'),
          meta: { title: 'looks.title' },
        },
        {
          path: 'area',
          name: 'area',
          component: () => import('@/pages/area/AreaPage.vue'),
          meta: { title: 'area.title' },
        },
        {
          path: 'books',
          name: 'books',
          component: () => import('@/pages/books/BooksPage.vue'),
          meta: { title: 'nav.books' },
        },
        {
          path: 'users/:id(\\d+)?',
          name: 'users',
          component: () => import('@/pages/users/UsersPage.vue'),
          meta: { title: 'nav.users' },
        },
        {
          path: 'account',
          name: 'account',
          component: () => import('@/pages/account/AccountPage.vue'),
          meta: { title: 'account.title' },
        },
        {
          path: ':rest(.*)*',
          name: 'unknown',
          component: () => import('@/pages/UnknownPage.vue'),
          meta: { title: 'unknown.title' },
        },
      ],
    },
  ],
})

router.beforeEach(async (to) => {
  const preferences = usePreferences()
  preferences.surface = to.meta.surface ?? 'desk'
  const session = useSession()
  if (to.name === 'wall' && takeKiosk(to.hash)) {
    if (to.query.lang === 'en' || to.query.lang === 'zh-CN') preferences.locale = to.query.lang
    // The token is taken; the address goes on without it.
    return to.hash ? { name: 'wall', query: to.query, replace: true } : true
  }
  leaveKiosk()
  if (to.meta.open) return true
  let known = false
  try {
    known = await session.resume()
  } catch {
    // The sign-in page says that the service does not answer.
  }
  // A driver's account has no pages of the fleet, and one that owes a second factor none yet.
  if (known && !session.mayWatch && to.name !== 'account') return { name: 'account' }
  if (known) return to.name === 'home' && session.user ? homeOf(session.user) : true
  return { name: 'sign-in', query: to.name === 'home' ? {} : { next: to.fullPath } }
})
