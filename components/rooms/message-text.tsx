import { linkify } from './linkify'

/** A message's text: line breaks kept, web addresses made links, everything else plain text. */
export function MessageText({ text }: { text: string }) {
  return (
    // Each paragraph of it is read in its own direction, whatever stands around it.
    <p className="[overflow-wrap:anywhere] whitespace-pre-wrap [unicode-bidi:plaintext]">
      {linkify(text).map((run, index) =>
        run.href === undefined ? (
          run.text
        ) : (
          <a
            key={index}
            href={run.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-accent underline underline-offset-2"
          >
            <bdi>{run.text}</bdi>
          </a>
        ),
      )}
    </p>
  )
}
