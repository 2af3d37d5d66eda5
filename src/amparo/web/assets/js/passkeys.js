// Passkeys: the browser asks the telephone or the key; its answer goes into the form as JSON (WebAuthn, level 3).
// Where a browser cannot, the forms stay hidden and the page offers codes.

const STRICT = { residentKey: 'required', requireResidentKey: true, userVerification: 'required' }

async function optionsOf (form) {
  if (form.dataset.options) {
    return JSON.parse(form.dataset.options).publicKey
  }
  const answer = await fetch(form.dataset.optionsFrom, { headers: { 'X-Requested-With': 'XMLHttpRequest' } })
  return (await answer.json()).request_options.publicKey
}

async function credentialFor (form) {
  const options = await optionsOf(form)
  if (form.dataset.passkey === 'create') {
    const publicKey = window.PublicKeyCredential.parseCreationOptionsFromJSON({ ...options, authenticatorSelection: STRICT })
    return navigator.credentials.create({ publicKey })
  }
  const publicKey = window.PublicKeyCredential.parseRequestOptionsFromJSON(options)
  return navigator.credentials.get({ publicKey })
}

async function ask (event) {
  const form = event.target
  const answer = form.elements.namedItem('credential')
  if (answer.value) {
    return
  }
  event.preventDefault()
  const failed = document.querySelector('[data-passkey-failed]')
  failed.hidden = true
  try {
    answer.value = JSON.stringify(await credentialFor(form))
    form.requestSubmit()
  } catch {
    failed.hidden = false
  }
}

export function startPasskeys () {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    return
  }
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', ask)
  }
  for (const words of document.querySelectorAll('[data-passkey-unable]')) {
    words.hidden = true
  }
}
