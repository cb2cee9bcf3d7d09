import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './app/router'
import { i18n } from './i18n'
import './look/base.css'
import { showWholeText } from './look/wholeText'

createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')
showWholeText(document)
