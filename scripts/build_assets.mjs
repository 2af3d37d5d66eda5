// Builds what browsers load: one stylesheet, two scripts, four font files, three pictures.
// Reads src/amparo/web/assets/ and node_modules/, writes src/amparo/web/static/built/.

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as esbuild from 'esbuild'
import * as sass from 'sass'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const assets = join(root, 'src/amparo/web/assets')
const built = join(root, 'src/amparo/web/static/built')
const modules = join(root, 'node_modules')

// Physical sides become logical ones, so that one stylesheet serves both writing directions.
const LOGICAL = [
  [/\b(margin|padding)-left\b/g, '$1-inline-start'],
  [/\b(margin|padding)-right\b/g, '$1-inline-end'],
  [/\bborder-left(-width|-style|-color)?:/g, 'border-inline-start$1:'],
  [/\bborder-right(-width|-style|-color)?:/g, 'border-inline-end$1:'],
  [/([{;\s])left:/g, '$1inset-inline-start:'],
  [/([{;\s])right:/g, '$1inset-inline-end:'],
  [/\btext-align:\s*left\b/g, 'text-align:start'],
  [/\btext-align:\s*right\b/g, 'text-align:end'],
  [/\bfloat:\s*left\b/g, 'float:inline-start'],
  [/\bfloat:\s*right\b/g, 'float:inline-end'],
  [/\bclear:\s*left\b/g, 'clear:inline-start']
]

// What GOV.UK Frontend repeats in every rule and the page already inherits.
const INHERITED = [
  [/\s*font-family: inherit;/g, ''],
  [/\s*-(webkit|moz-osx)-font-smoothing: (antialiased|grayscale);/g, ''],
  [/var\((--govuk-[a-z-]+), #[0-9a-f]+\)/g, 'var($1)']
]

// Variants of GOV.UK Frontend's components that no page of ours uses.
const UNUSED = /\n *\.govuk-[^{}\n,]*(--inverse|--small|legend--(xl|l)\b|label--(xl|l|m|s)\b|input--(width|extra))[^{},]*\{[^{}]*\}/g

function dropInherited (css) {
  return INHERITED.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), css)
}

function makeLogical (css) {
  return LOGICAL.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), css)
}

async function buildStyles () {
  const { css } = sass.compile(join(assets, 'scss/amparo.scss'), {
    loadPaths: [modules],
    quietDeps: true
  })
  const { code } = await esbuild.transform(makeLogical(dropInherited(css.replace(UNUSED, ''))), { loader: 'css', minify: true, legalComments: 'none' })
  await writeFile(join(built, 'amparo.css'), code)
}

async function buildScripts () {
  await esbuild.build({
    entryPoints: [join(assets, 'js/amparo.js')],
    bundle: true,
    format: 'esm',
    legalComments: 'eof',
    minify: true,
    nodePaths: [modules],
    outfile: join(built, 'amparo.js'),
    target: 'es2022'
  })
  await cp(join(modules, 'htmx.org/dist/htmx.min.js'), join(built, 'htmx.js'))
}

async function copyFonts () {
  const source = join(modules, '@fontsource/atkinson-hyperlegible')
  await mkdir(join(built, 'fonts'))
  for (const script of ['latin', 'latin-ext']) {
    for (const weight of [400, 700]) {
      const name = `atkinson-hyperlegible-${script}-${weight}-normal.woff2`
      await cp(join(source, 'files', name), join(built, 'fonts', name))
    }
  }
  await cp(join(source, 'LICENSE'), join(built, 'fonts/LICENSE'))
}

async function copyIcons () {
  for (const name of ['favicon.svg', 'mark.svg']) {
    await writeFile(join(built, name), await readFile(join(assets, 'icons', name)))
  }
}

await rm(built, { recursive: true, force: true })
await mkdir(built, { recursive: true })
await Promise.all([buildStyles(), buildScripts(), copyFonts(), copyIcons()])
