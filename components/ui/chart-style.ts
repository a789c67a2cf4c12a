/** How the text of a chart's axes looks. */
export const AXIS_TEXT = { fontSize: 11, fill: 'var(--muted)' }

/** How what is shown on hover looks, in both themes. */
export const TOOLTIP_STYLE = {
  contentStyle: {
    background: 'var(--surface)',
    border: '1px solid var(--border)',
    borderRadius: 6,
    fontSize: 12,
  },
  itemStyle: { color: 'var(--foreground)', padding: 0 },
  labelStyle: { color: 'var(--muted)' },
}
