// What closes by itself is taken off the page when its time is over, also on a page that the browser kept for coming
// back. The server shows it no longer either; without scripts, the answer asks the browser to load the page again.

function close (shown) {
  shown.replaceChildren()
  window.location.reload()
}

export function closeInTime () {
  document.querySelectorAll('[data-closes]').forEach((shown) => {
    setTimeout(() => close(shown), Number(shown.dataset.closes) * 1000)
    window.addEventListener('pageshow', (event) => event.persisted && close(shown))
    window.addEventListener('pagehide', () => shown.replaceChildren())
  })
}
