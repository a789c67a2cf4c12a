/** What an open page can hear of: rooms whose messages change, or the log of events. */
export const LIVE_TOPICS = ['rooms', 'events'] as const

export type LiveTopic = (typeof LIVE_TOPICS)[number]

/** The topic of this name; undefined when there is none. */
export function liveTopicOf(name: string): LiveTopic | undefined {
  return LIVE_TOPICS.find((topic) => topic === name)
}
