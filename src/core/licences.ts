/**
 * Whether a package may be shipped with a police force's copy: under terms that ask for no more than naming its
 * authors. Licences are SPDX expressions as packages declare them.
 */

/** Ask for a notice, no more. */
const permissive = new Set(
  `MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 Zlib Unlicense CC0-1.0 Python-2.0 PSF-2.0`.split(
    ' ',
  ),
);

/** Looked at by a person: what the package declares, and why it may be shipped all the same. */
export type Looked = { readonly declared: string; readonly why: string };

/** By the package's name. A version that declares something else is looked at again. */
const looked: Readonly<Record<string, Looked>> = {
  'png-js': { declared: '', why: 'its LICENSE file is the MIT licence' },
  duck: { declared: 'BSD', why: 'its LICENSE file is the BSD licence of two clauses' },
  'dejavu-fonts-ttf': {
    declared: 'SEE LICENSE IN README.md AND LICENSE',
    why: 'Bitstream Vera terms: fonts may be shipped with software, not sold alone',
  },
};
/** Changes to its own files would have to be published, and we make none; unchanged use asks for nothing more. */
const mpl = { declared: 'MPL-2.0', why: 'used unchanged, as a program of its own' };

export type LicensedPackage = {
  readonly name: string;
  readonly version: string;
  /** As the package declares it; empty where it declares none. */
  readonly licence: string;
};
export type JudgedLicence =
  | { readonly kind: 'permissive' }
  | { readonly kind: 'looked-at'; readonly why: string }
  | { readonly kind: 'refused' };

/** How a package may be shipped; `refused` where no rule here allows it. */
export function judgeLicence({ name, licence }: LicensedPackage): JudgedLicence {
  if (isPermissive(licence)) return { kind: 'permissive' };
  const found = name.startsWith('@resvg/resvg-js') ? mpl : looked[name];
  return found?.declared === licence ? { kind: 'looked-at', why: found.why } : { kind: 'refused' };
}

/** `MIT`, `(MIT OR GPL-3.0-or-later)`, `(MIT AND Zlib)`: one of an OR, each of an AND; nested ones are refused. */
function isPermissive(licence: string): boolean {
  const expression = licence.replace(/^\((.*)\)$/, '$1');
  if (/ OR /.test(expression) && / AND /.test(expression)) return false;
  if (expression.includes(' OR '))
    return expression.split(' OR ').some((one) => permissive.has(one));
  return expression.split(' AND ').every((one) => permissive.has(one));
}
