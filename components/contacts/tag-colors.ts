type Rgb = [red: number, green: number, blue: number]

// WCAG 2.2, 1.4.3: the least contrast between text of this size and what is behind it.
const READABLE = 4.5
const BLACK: Rgb = [0, 0, 0]
const WHITE: Rgb = [255, 255, 255]

/**
 * The colours of a tag, made safe: only #rgb and #rrggbb are taken from outside, and a text colour that
 * could not be read on the background gives way to black or white. Null without a usable background.
 */
export function tagColors(
  background: string | null,
  text: string | null,
): { backgroundColor: string; color: string } | null {
  const behind = parseHex(background)
  if (!behind) return null
  const wanted = parseHex(text)
  if (wanted && contrast(wanted, behind) >= READABLE) {
    return { backgroundColor: toHex(behind), color: toHex(wanted) }
  }
  const readable = contrast(BLACK, behind) >= contrast(WHITE, behind) ? BLACK : WHITE
  return { backgroundColor: toHex(behind), color: toHex(readable) }
}

function parseHex(text: string | null): Rgb | null {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text?.trim() ?? '')?.[1]
  if (digits === undefined) return null
  const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits
  const value = Number.parseInt(long, 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function toHex(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

// Relative luminance and contrast ratio as WCAG 2.2 defines them.
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}
