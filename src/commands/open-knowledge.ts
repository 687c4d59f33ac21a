import path from 'node:path';
import { KnowledgeFault, loadKnowledge } from '../adapters/knowledge-files.js';
import { packageRoot } from '../adapters/package-root.js';
import type { Knowledge } from '../core/knowledge.js';

/** The options by which the commands name knowledge; each stands in for the setting of that name. */
export const knowledgeOptions = {
  knowledge: { type: 'string' },
  scripts: { type: 'string' },
  local: { type: 'string' },
} as const;

type Named = {
  readonly knowledge?: string | undefined;
  readonly scripts?: string | undefined;
  /** A force's own guidance. */
  readonly local?: string | undefined;
};

/** The folder of the knowledge a command works on: named, set, or the one shipped. */
export function knowledgeFolder({ knowledge }: Named): string {
  const shipped = path.join(packageRoot(), 'knowledge');
  // An empty setting is an unset one, as for the server.
  return knowledge ?? (process.env.KNOWLEDGE_DIR?.trim() || shipped);
}

/** The folders of a force's own; undefined where there is none. */
export function ownFolders(named: Named): {
  readonly scripts: string | undefined;
  readonly local: string | undefined;
} {
  return {
    scripts: named.scripts ?? (process.env.SCRIPTS_DIR?.trim() || undefined),
    local: named.local ?? (process.env.LOCAL_GUIDANCE_DIR?.trim() || undefined),
  };
}

/** As for the server: two where it has an app id, unless it is set. */
function approvalSet(): 'two' | 'none' {
  const { KNOWLEDGE_APPROVAL, MICROSOFT_APP_ID } = process.env;
  const wanted = KNOWLEDGE_APPROVAL?.trim() || (MICROSOFT_APP_ID?.trim() ? 'two' : 'none');
  return wanted === 'none' ? 'none' : 'two';
}

/**
 * Loads what a command works on; undefined, with its faults on standard error, when it cannot be used. With `two`,
 * which is what the settings say where nothing is given, files that two people do not stand for are left out.
 */
export async function openKnowledge(
  named: Named,
  approval = approvalSet(),
): Promise<Knowledge | undefined> {
  const { scripts, local } = ownFolders(named);
  try {
    return await loadKnowledge(knowledgeFolder(named), new Map(), scripts, local, approval);
  } catch (error) {
    if (!(error instanceof KnowledgeFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  }
}
