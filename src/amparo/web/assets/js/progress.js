// What takes longer than a second shows that it is happening (look.md).

const PATIENCE_MS = 1000

function announce () {
  document.body.classList.add('a-is-waiting')
  const words = document.querySelector('.a-waiting')
  if (words) {
    words.hidden = false
  }
}

function settle () {
  document.body.classList.remove('a-is-waiting')
  const words = document.querySelector('.a-waiting')
  if (words) {
    words.hidden = true
  }
}

export function showProgress () {
  let timer
  const begin = () => {
    clearTimeout(timer)
    timer = setTimeout(announce, PATIENCE_MS)
  }
  const end = () => {
    clearTimeout(timer)
    settle()
  }
  document.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) {
      begin()
    }
  })
  document.addEventListener('htmx:beforeRequest', begin)
  document.addEventListener('htmx:afterRequest', end)
  window.addEventListener('pageshow', end)
}
