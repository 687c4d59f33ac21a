import type { z } from 'zod';
import { ownFault } from '../log.js';

/** A row that is not what it should be is a fault that names it and never says what it holds. */
export function parseRow<Output>(
  schema: z.ZodType<Output>,
  row: unknown,
  table: string,
  id: string | undefined,
): Output {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw ownFault(`reading ${table} ${id}: not as expected at ${places}`);
}
