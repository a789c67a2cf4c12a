import { visibleText } from './visible-text'

/** A partnership's name. `className` clamps it where there is little room. */
export function PartnershipName({ name, className }: { name: string | null; className?: string }) {
  const visible = visibleText(name)
  if (visible === null) return <span className="text-muted">Unnamed partnership</span>
  return <bdi className={className}>{visible}</bdi>
}
