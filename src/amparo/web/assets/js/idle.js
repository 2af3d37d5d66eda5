// A page left open: two minutes before the session ends it says so; when it has ended, the page covers itself.
// Without scripts the time stands on the page in words, and what was typed is given back all the same.

import { hasUnsentWords } from './drafts.js'

const SOON_MS = 120_000
const GRACE_MS = 5_000

export function watchSession () {
  const place = document.querySelector('[data-idle]')
  if (!place) {
    return
  }
  const span = Number(place.dataset.idle) * 1000
  const [soon, over] = ['.a-idle__soon', '.a-idle__over'].map((name) => place.querySelector(name))
  const tabs = new BroadcastChannel('session')
  let ends
  let timer

  const look = () => {
    const left = ends - Date.now()
    soon.hidden = left > SOON_MS
    if (left <= -GRACE_MS) {
      cover()
      return
    }
    timer = setTimeout(look, left > SOON_MS ? left - SOON_MS : left > 0 ? left : left + GRACE_MS + 50)
  }
  const begin = () => {
    ends = Date.now() + span
    clearTimeout(timer)
    look()
  }
  const cover = () => {
    soon.hidden = true
    over.hidden = false
    place.parentElement.classList.add('a-is-over')
  }

  soon.querySelector('button').addEventListener('click', async () => {
    const answer = await fetch(place.dataset.stay, { method: 'HEAD' })
    if (answer.ok) {
      tabs.postMessage('used')
      begin()
    }
  })
  over.querySelector('button').addEventListener('click', () => {
    // The server keeps what was typed and asks to sign in; nothing is checked or saved now.
    const form = Array.from(document.querySelectorAll('form[data-keep-words]')).find(hasUnsentWords)
    form ? form.requestSubmit() : location.reload()
  })
  tabs.addEventListener('message', begin)
  tabs.postMessage('used')
  begin()
}
