import type { SavedViewActions } from '@/components/data-grid/saved-view-actions'
import {
  createView,
  deleteView,
  renameView,
  setViewAsDefault,
  updateView,
} from './saved-view-actions'

/** What the pages of lists hand to their menu of saved views. */
export const pageViewActions: SavedViewActions = {
  create: createView,
  update: updateView,
  rename: renameView,
  remove: deleteView,
  setDefault: setViewAsDefault,
}
