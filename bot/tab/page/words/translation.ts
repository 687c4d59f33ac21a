/**
 * What a translation of an area of words may hold: any of its keys, with the same parameters, and no other. A key that
 * is missing falls back to English and stands in `docs/welsh.md`.
 */
export type Translation<English> = {
  readonly [Key in keyof English]?: English[Key] extends string
    ? string
    : English[Key] extends (...given: never[]) => string
      ? English[Key]
      : Translation<English[Key]>;
};

type Area = { readonly [key: string]: unknown };

/** English with everything that is translated put in its place. */
export function translated<English extends Area>(
  english: English,
  welsh: Translation<English>,
): English {
  return merged(english, welsh) as English;
}

function merged(english: Area, other: Area): Area {
  const entries = Object.entries(english).map(([key, value]) => {
    const own = other[key];
    if (own === undefined) return [key, value];
    return [key, isArea(value) && isArea(own) ? merged(value, own) : own];
  });
  return Object.fromEntries(entries);
}

/** The keys that a translation leaves to English, as "queue.sorts.oldest", in the order of the catalogue. */
export function untranslated(english: Area, welsh: Area, before = ''): readonly string[] {
  return Object.entries(english).flatMap(([key, value]) => {
    const other = welsh[key];
    const name = `${before}${key}`;
    if (isArea(value)) return untranslated(value, isArea(other) ? other : {}, `${name}.`);
    return other === undefined ? [name] : [];
  });
}

function isArea(value: unknown): value is Area {
  return typeof value === 'object' && value !== null;
}
