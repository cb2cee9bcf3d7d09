/** Lets the service worker take over; without one the pages work as long as there is a network. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const register = () =>
    navigator.serviceWorker
      .register('/driver/sw.js', { scope: '/driver/' })
      .catch((cause) => console.warn('not offline', cause))
  if (document.readyState === 'complete') void register()
  else window.addEventListener('load', register)
}
