/** What `pythonJson` can write. A Map keeps its order where an object would move whole numbers to the front. */
export type PythonJson =
  | string
  | number
  | null
  | readonly PythonJson[]
  | ReadonlyMap<string, PythonJson>
  | { readonly [key: string]: PythonJson };

/** JSON with the blanks of Python's `json.dumps`, the form in which the blog keeps it. */
export function pythonJson(value: PythonJson): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(pythonJson).join(', ')}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{${entries.map(([key, item]: [string, PythonJson]) => `${JSON.stringify(key)}: ${pythonJson(item)}`).join(', ')}}`;
}

function isList(value: PythonJson): value is readonly PythonJson[] {
  return Array.isArray(value);
}
