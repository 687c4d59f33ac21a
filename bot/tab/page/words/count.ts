/** "1 flag", "2 flags". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** "1 diwrnod", "2 ddiwrnod", "5 diwrnod": after a number Welsh has the singular, changed after two. */
export function diwrnod(number: number): string {
  return `${number} ${number === 2 ? 'ddiwrnod' : 'diwrnod'}`;
}
