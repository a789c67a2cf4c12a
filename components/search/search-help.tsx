const FORMS = [
  { form: 'signed contract', finds: 'Messages with both words, also as beginnings of longer ones' },
  { form: '"signed contract"', finds: 'These very words, one after the other' },
  { form: 'contract -draft', finds: 'Messages without a word' },
  { form: 'from:ada', finds: 'By an author: a part of the name or e-mail address, or the id' },
  {
    form: 'in:acme',
    finds: 'With a partnership: a part of its name; or the id of it or of a room',
  },
  { form: 'has:file', finds: 'Messages with files' },
  { form: 'after:2026-01-31', finds: 'Written on this day (UTC) or later' },
  { form: 'before:2026-03-01', finds: 'Written before this day (UTC)' },
]

/** What a search for messages understands. */
export function SearchHelp() {
  return (
    <section aria-labelledby="search-help" className="rounded-lg border bg-surface p-4 text-sm">
      <h2 id="search-help" className="mb-2 font-medium">
        What can be searched for
      </h2>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
        {FORMS.map(({ form, finds }) => (
          <div key={form} className="contents">
            <dt>
              <code className="rounded bg-subtle px-1.5 py-0.5 text-xs">{form}</code>
            </dt>
            <dd className="text-muted max-sm:mb-1.5">{finds}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-muted">
        Capitals and accents make no difference. All of it can be combined; from: and in: take names
        of several words in quotation marks.
      </p>
    </section>
  )
}
