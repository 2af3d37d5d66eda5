// Everything here improves pages that already work without it.

import {
  Button, CharacterCount, createAll, ErrorSummary, ExitThisPage, NotificationBanner, PasswordInput
} from 'govuk-frontend'

import { closeInTime } from './closing.js'
import { keepDrafts } from './drafts.js'
import { watchSession } from './idle.js'
import { startMenus } from './menus.js'
import { startPasskeys } from './passkeys.js'
import { showProgress } from './progress.js'
import { startReveals } from './reveals.js'
import { startSignaturePads } from './signature.js'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}

const COMPONENTS = [CharacterCount, ErrorSummary, ExitThisPage, NotificationBanner, PasswordInput]

function start (scope) {
  createAll(Button, { preventDoubleClick: true }, scope)
  for (const component of COMPONENTS) {
    createAll(component, undefined, scope)
  }
  startSignaturePads(scope)
}

start(document)
startMenus()
startReveals()
showProgress()
keepDrafts()
startPasskeys()
watchSession()
closeInTime()
document.addEventListener('htmx:load', (event) => {
  if (event.detail.elt !== document.body) {
    start(event.detail.elt)
  }
})
