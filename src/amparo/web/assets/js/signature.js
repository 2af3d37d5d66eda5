// A canvas to sign on. It writes a PNG data URL into a hidden field; without scripts the page offers the
// other two ways (a scanned paper, or a typed name) and this part stays hidden.

const INK = '#1d2a2b'
const PAPER = '#ffffff'

class SignaturePad {
  constructor (root) {
    this.field = root.querySelector('input[type="hidden"]')
    this.canvas = root.querySelector('canvas')
    this.status = root.querySelector('[role="status"]')
    this.context = this.canvas.getContext('2d')
    this.drawing = false
    root.querySelector('[data-clear]').addEventListener('click', () => this.clear())
    this.canvas.addEventListener('pointerdown', (event) => this.begin(event))
    this.canvas.addEventListener('pointermove', (event) => this.draw(event))
    for (const name of ['pointerup', 'pointercancel']) {
      this.canvas.addEventListener(name, () => this.end())
    }
    root.hidden = false
    this.prepare()
    this.restore()
  }

  prepare () {
    const { context, canvas } = this
    context.fillStyle = PAPER
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.strokeStyle = INK
    context.lineWidth = 3
    context.lineCap = 'round'
    context.lineJoin = 'round'
  }

  restore () {
    if (this.field.value) {
      const picture = new Image()
      picture.onload = () => this.context.drawImage(picture, 0, 0)
      picture.src = this.field.value
    }
  }

  point (event) {
    const box = this.canvas.getBoundingClientRect()
    return [
      (event.clientX - box.left) * this.canvas.width / box.width,
      (event.clientY - box.top) * this.canvas.height / box.height
    ]
  }

  begin (event) {
    event.preventDefault()
    this.canvas.setPointerCapture(event.pointerId)
    this.drawing = true
    this.context.beginPath()
    this.context.moveTo(...this.point(event))
  }

  draw (event) {
    if (this.drawing) {
      this.context.lineTo(...this.point(event))
      this.context.stroke()
    }
  }

  end () {
    if (this.drawing) {
      this.drawing = false
      this.field.value = this.canvas.toDataURL('image/png')
      this.status.textContent = this.status.dataset.signed
    }
  }

  clear () {
    this.prepare()
    this.field.value = ''
    this.status.textContent = this.status.dataset.cleared
  }
}

export function startSignaturePads (scope) {
  for (const root of scope.querySelectorAll('[data-signature-pad]')) {
    if (root.hidden) {
      new SignaturePad(root) // eslint-disable-line no-new
    }
  }
}
