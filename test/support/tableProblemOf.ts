import { TableProblem } from '../../shared/table/tableProblem';

/** Why a table could not be shown; throws where nothing went wrong, or something else. */
export async function tableProblemOf(promise: Promise<unknown>): Promise<{ readonly kind: string; readonly message: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof TableProblem) return { kind: error.kind, message: error.message };
    throw error;
  }
  throw new Error('it succeeded');
}
