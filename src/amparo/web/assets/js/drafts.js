// Nothing typed is lost by a stray click: the browser asks before it leaves a page with unsent words.
// No copy is kept on the device: it may be borrowed. Leaving quickly is never held up.

export function hasUnsentWords (form) {
  return Array.from(form.elements).some((field) =>
    field.matches('textarea, input[type="text"]') && field.value !== field.defaultValue)
}

export function keepDrafts () {
  let leavingOnPurpose = false
  const forms = document.querySelectorAll('form[data-keep-words]')
  if (!forms.length) {
    return
  }
  const allow = () => { leavingOnPurpose = true }
  document.addEventListener('submit', allow)
  document.addEventListener('click', (event) => {
    if (event.target.closest('.a-leave, .govuk-js-exit-this-page-skiplink, [data-leave-words]')) {
      allow()
    }
  }, true)
  window.addEventListener('beforeunload', (event) => {
    const exiting = document.body.classList.contains('govuk-exit-this-page-hide-content')
    if (!leavingOnPurpose && !exiting && Array.from(forms).some(hasUnsentWords)) {
      event.preventDefault()
    }
  })
}
