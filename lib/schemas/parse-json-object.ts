/** Arrays and objects inside each other beyond this are refused as invalid (design, section 3). */
export const MAX_DEPTH = 64

export type ParsedJson =
  | { ok: true; value: Record<string, unknown>; tooDeep: boolean }
  | { ok: false; reason: 'not_json' | 'not_object' }

/**
 * Parses a body that must be a JSON object. A body nested deeper than MAX_DEPTH is parsed (V8 does it
 * without recursion) and flagged: nothing may walk through it recursively.
 */
export function parseJsonObject(text: string): ParsedJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'not_json' }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { ok: false, reason: 'not_object' }
  }
  return {
    ok: true,
    value: value as Record<string, unknown>,
    tooDeep: isDeeperThan(text, MAX_DEPTH),
  }
}

// Counts brackets outside strings, on text that is known to be valid JSON.
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === 0x5c) i++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
}
