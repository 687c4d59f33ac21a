/** How a catalogue of words and its translation fit together; nothing here knows any language. */

/** The words of a catalogue in whatever language: the same keys and parameters, any text. */
export type Widened<Value> = Value extends string
  ? string
  : Value extends (...given: infer Given) => infer Said
    ? (...given: Given) => Widened<Said>
    : Value extends readonly unknown[]
      ? readonly string[]
      : { readonly [Key in keyof Value]: Widened<Value[Key]> };

/**
 * What a translation may hold: any of the keys, with the same parameters, and no other. What is missing falls back, and
 * stands in `docs/welsh.md`.
 */
export type Translation<Value> = Value extends
  | string
  | readonly unknown[]
  | ((...given: never[]) => unknown)
  ? Widened<Value>
  : { readonly [Key in keyof Value]?: Translation<Value[Key]> };

type Area = { readonly [key: string]: unknown };

/** The catalogue with everything that is translated put in its place. */
export function translated<Catalogue extends Area>(
  catalogue: Catalogue,
  translation: Translation<Catalogue>,
): Widened<Catalogue> {
  return merged(catalogue, translation as Area) as Widened<Catalogue>;
}

function merged(catalogue: Area, translation: Area): Area {
  const entries = Object.entries(catalogue).map(([key, value]) => {
    const other = translation[key];
    if (other === undefined) return [key, value];
    return [key, isArea(value) && isArea(other) ? merged(value, other) : other];
  });
  return Object.fromEntries(entries);
}

/** The keys that a translation leaves to the catalogue, as "notices.returned", in the catalogue's order. */
export function untranslated(catalogue: Area, translation: Area, before = ''): readonly string[] {
  return Object.entries(catalogue).flatMap(([key, value]) => {
    const other = translation[key];
    const name = `${before}${key}`;
    if (isArea(value)) return untranslated(value, isArea(other) ? other : {}, `${name}.`);
    return other === undefined ? [name] : [];
  });
}

function isArea(value: unknown): value is Area {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
