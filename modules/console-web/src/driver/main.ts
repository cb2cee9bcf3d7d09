import { createApp } from 'vue'
import App from './App.vue'
import { keepSending } from './exams'
import { locale } from './i18n'
import './look/tokens.css'
import './look/base.css'
import { registerWorker } from './offline/register'
import { startRouter } from './router'

document.documentElement.lang = locale.value
startRouter()
keepSending()
registerWorker()
createApp(App).mount('#app')
