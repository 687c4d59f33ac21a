import { canonicalJson } from './canonical-json.js';
import type { Knowledge } from './knowledge.js';

/**
 * Why knowledge may not take the place of what is in use, one sentence each; empty when it may. Screenings that are
 * open keep the version of the script they began with, so a released one may not go or change beneath them.
 */
export function reloadFaults(
  current: Pick<Knowledge, 'scripts'>,
  next: Pick<Knowledge, 'scripts'>,
): readonly string[] {
  return current.scripts
    .filter(({ status }) => status === 'released')
    .flatMap((script) => {
      const { name, version } = script;
      const same = next.scripts.find((one) => one.name === name && one.version === version);
      if (same && canonicalJson(same) === canonicalJson(script)) return [];
      const became = same ? 'was edited' : 'is gone';
      return [
        `${name}.${version}.yaml ${became} after its release, but open screenings keep it: put it back as it was, and make the change in ${name}.${version + 1}.yaml`,
      ];
    });
}
