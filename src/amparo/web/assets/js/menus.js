// A menu is a <details>: it opens without scripts. With them it also closes on Escape and on a click elsewhere.

export function startMenus () {
  document.addEventListener('keydown', (event) => {
    const open = event.key === 'Escape' && document.querySelector('details.a-menu[open]')
    if (open) {
      open.open = false
      open.querySelector('summary').focus()
    }
  })
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.a-menu[open]')) {
      if (!menu.contains(event.target)) {
        menu.open = false
      }
    }
  })
  const current = document.querySelector('.a-sections [aria-current], .a-rail [aria-current]')
  current?.scrollIntoView({ block: 'nearest', inline: 'center' })
}
