import { projectBatch } from './project-batch'

/**
 * Projects until nothing is left that is pending and not in another projector's hands.
 *
 * @throws Whatever keeps the database from answering.
 */
export async function drainPending(): Promise<void> {
  while ((await projectBatch()).claimed > 0);
}
