// An answer that opens further fields. Without scripts they are always open. Not GOV.UK Frontend's module:
// that sets aria-expanded on a radio, which ARIA does not allow.

function follow (input) {
  const more = document.getElementById(input.dataset.ariaControls)
  const kind = input.type === 'radio' ? 'radios' : 'checkboxes'
  more?.classList.toggle(`govuk-${kind}__conditional--hidden`, !input.checked)
}

function followAll (scope) {
  scope.querySelectorAll('input[data-aria-controls]').forEach(follow)
}

export function startReveals () {
  followAll(document)
  window.addEventListener('pageshow', () => followAll(document))
  document.addEventListener('htmx:load', (event) => followAll(event.detail.elt))
  document.addEventListener('change', (event) => {
    if (event.target.matches('input[type="radio"], input[type="checkbox"]')) {
      followAll(event.target.form ?? document)
    }
  })
}
