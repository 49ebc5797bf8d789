// The page's only Trusted Types policy. Its program is compiled and cannot mark its own texts as trusted, so this one sees every text
// that is about to become markup or the address of a script, whoever wrote it, and lets through what runs nothing and loads nothing.
{
  const folder = new URL('.', location.href).href

  /** Elements that run, load or style something, or change what addresses mean. */
  const FORBIDDEN =
    /^(script|style|link|meta|base|iframe|frame|frameset|object|embed|applet|portal|form|template|noscript|foreignobject|use|image|animate\w*|set|math)$/i
  /** Attributes that hold an address. */
  const ADDRESS = /^(xlink:)?href$|^(src|action|formaction|data|poster|background|cite|ping|srcset|imagesrcset|longdesc|usemap)$/i
  /** A place on the page, beside it, or on the web. */
  const HARMLESS = /^(https:\/\/[^\s&]*|[^\s&:]*)$/
  const TOKEN = /[^<]+|<!--[^<>]*-->|<!>|<\/[a-z][\w-]*>|<([a-z][\w-]*)((?:\s+[a-z][\w:-]*(?:="[^"<]*"|=[^\s"'`=<>]+)?)*)\s*\/?>/iy
  const ATTRIBUTE = /\s+([a-z][\w:-]*)(?:="([^"]*)"|=(\S+))?/gi

  const isHarmless = ([, name, quoted, bare]) => {
    if (/^(on|style$|srcdoc$)/i.test(name)) return false
    return !ADDRESS.test(name) || HARMLESS.test((quoted ?? bare ?? '').replaceAll('&amp;', ''))
  }
  const createHTML = (markup) => {
    TOKEN.lastIndex = 0
    while (TOKEN.lastIndex < markup.length) {
      const token = TOKEN.exec(markup)
      if (!token || (token[1] && FORBIDDEN.test(token[1]))) return null
      if (![...(token[2] ?? '').matchAll(ATTRIBUTE)].every(isHarmless)) return null
    }
    return markup
  }

  const isOurs = (address) => address.startsWith(folder) && /^[\w./-]+\.js$/.test(address.slice(folder.length)) && !address.includes('..')
  /** In a sandboxed frame without an origin a worker is a line of its own that imports our script. */
  const imported = (address) => /^data:text\/javascript,import "([^"\\]+)"$/.exec(decodeURIComponent(address))?.[1]
  const createScriptURL = (address) => {
    const script = (origin === 'null' && imported(address)) || new URL(address, folder).href
    return isOurs(script) ? address : null
  }

  window.trustedTypes?.createPolicy('default', { createHTML, createScriptURL })
}
