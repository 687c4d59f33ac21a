import type { Translation } from '../../../../src/core/words-translation.js';
import { count } from './count.js';

/** Words of the list of cases whose period is over. Welsh: awaiting a professional check. */

export const dueEnglish = {
  about:
    'Cases whose period is over, at most 500, the oldest first. Nothing of a case is deleted by itself: somebody looks at it and decides, by a command where the server is run. That you looked at this list is in the audit.',
  none: 'No case is over its period.',
  number: (number: number) => `${count(number, 'case', 'cases')} to be looked at.`,
  caption: 'Cases whose period is over',
  heads: { case: 'Case', since: 'Over since', held: 'Held' },
  isHeld: 'Held: nothing of it is deleted',
  notHeld: 'Not held',
  sinceUnknown: 'once it is no longer held',
  howToDecide: 'How to decide',
  ways: {
    keep: 'Keep it for longer, until a day:',
    hold: 'Hold it while something is pending, so that nothing of it is deleted:',
    delete: 'Delete it for good:',
  },
  who: 'Each command also asks for a reason and for who decides. It says what it takes:',
  // The same in every language: they are typed.
  commands: {
    keep: () => 'npm run retention -- keep REF --until 2030-01-31',
    hold: () => 'npm run retention -- hold REF',
    delete: () => 'npm run retention -- delete REF --list FILE',
    help: () => 'npm run retention',
  },
};

export const dueWelsh: Translation<typeof dueEnglish> = {
  about:
    'Achosion y mae eu cyfnod ar ben, hyd at 500, yr hynaf yn gyntaf. Ni chaiff dim o achos ei ddileu ohono’i hun: mae rhywun yn edrych arno ac yn penderfynu, drwy orchymyn lle y rhedir y gweinydd. Cofnodir yn y cofnod archwilio ichi edrych ar y rhestr hon.',
  none: 'Nid oes cyfnod unrhyw achos ar ben.',
  number: (number) => `Achosion i edrych arnynt: ${number}.`,
  caption: 'Achosion y mae eu cyfnod ar ben',
  heads: { case: 'Achos', since: 'Ar ben ers', held: 'Ataliad' },
  isHeld: 'Ar ataliad: ni chaiff dim ohono ei ddileu',
  notHeld: 'Dim ataliad',
  sinceUnknown: 'pan na fydd ar ataliad mwyach',
  howToDecide: 'Sut i benderfynu',
  ways: {
    keep: 'Ei gadw am fwy o amser, hyd at ddiwrnod:',
    hold: 'Ei atal tra bo rhywbeth ar y gweill, fel na chaiff dim ohono ei ddileu:',
    delete: 'Ei ddileu am byth:',
  },
  who: 'Mae pob gorchymyn hefyd yn gofyn am reswm a phwy sy’n penderfynu. Mae’n dweud beth y mae’n ei dderbyn:',
  commands: dueEnglish.commands,
};
