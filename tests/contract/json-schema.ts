/** A JSON schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

type Check = (wanted: unknown, value: unknown, schema: Schema) => boolean;

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

// What the words of a schema ask for, as far as ours has them.
const checks: Readonly<Record<string, Check>> = {
  type: (wanted, value) =>
    [wanted].flat().some((type) => typeOf(value) === type || (type === 'number' && typeof value === 'number')),
  const: (wanted, value) => wanted === value,
  enum: (wanted, value) => (wanted as unknown[]).includes(value),
  minimum: (wanted, value) => typeof value !== 'number' || value >= (wanted as number),
  maximum: (wanted, value) => typeof value !== 'number' || value <= (wanted as number),
  anyOf: (wanted, value) => (wanted as Schema[]).some((one) => fits(one, value)),
  oneOf: (wanted, value) => (wanted as Schema[]).filter((one) => fits(one, value)).length === 1,
  required: (wanted, value) => !isObject(value) || (wanted as string[]).every((key) => key in value),
  items: (wanted, value) => !Array.isArray(value) || value.every((item) => fits(wanted as Schema, item)),
  propertyNames: (wanted, value) => !isObject(value) || Object.keys(value).every((key) => fits(wanted as Schema, key)),
  properties: (wanted, value) =>
    !isObject(value) ||
    Object.entries(wanted as Record<string, Schema>).every(([key, one]) => !(key in value) || fits(one, value[key])),
  additionalProperties: (wanted, value, schema) => {
    if (!isObject(value)) return true;
    const others = Object.keys(value).filter((key) => !(key in ((schema['properties'] as object | undefined) ?? {})));
    return wanted === false ? others.length === 0 : others.every((key) => fits(wanted as Schema, value[key]));
  },
};

const notes = new Set(['$schema', 'title', 'description', 'default']);

/** Whether a value fits a schema. Throws at a word that it does not know, rather than let everything pass. */
export function fits(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([word, wanted]) => {
    if (notes.has(word)) return true;
    const check = checks[word];
    if (check === undefined) throw new Error(`the schema has the word "${word}", which this test does not know`);
    return check(wanted, value, schema);
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
