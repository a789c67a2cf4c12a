/** What came of a change to a saved view; `id` names the one that was made. */
export type SavedViewResult = { ok: true; id?: string } | { ok: false; message: string }

/** How saved views are changed: server actions, handed in by the page. */
export type SavedViewActions = {
  create: (list: string, name: string, query: string) => Promise<SavedViewResult>
  update: (id: string, query: string) => Promise<SavedViewResult>
  rename: (id: string, name: string) => Promise<SavedViewResult>
  remove: (id: string) => Promise<SavedViewResult>
  setDefault: (id: string, isDefault: boolean) => Promise<SavedViewResult>
}
