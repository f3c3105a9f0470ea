import * as z from 'zod/mini';
import type { Action } from '../../core/action.ts';
import { configSchema, sectionNames } from './schema.ts';

type Json = Record<string, unknown>;

/** The JSON schema of a configuration for editors: config/blogctl.schema.json. */
export function configJsonSchema(actions: readonly { readonly name: string; readonly action: Action }[]): Json {
  const whole = z.toJSONSchema(configSchema, { io: 'input' }) as Json & { properties: Record<string, Json> };
  const jobs = whole.properties['jobs'] as Json & { additionalProperties: Json };
  const general = jobProperties(jobs.additionalProperties);
  const bodies = actions.map(({ name, action }) => {
    const own = z.toJSONSchema(action.settings, { io: 'input' }) as { properties?: Json };
    return { name, properties: { ...general, ...own.properties }, summary: action.summary };
  });
  const body = (properties: Json, description: string): Json => ({
    type: ['object', 'null'],
    description,
    properties,
    additionalProperties: false,
  });
  const named = Object.fromEntries(bodies.map((one) => [one.name, body(one.properties, one.summary)]));
  const others = bodies.map((one) => ({
    ...body({ ...one.properties, action: { const: one.name } }, one.summary),
    required: ['action'],
  }));
  const { additionalProperties: _general, propertyNames: _names, ...rest } = jobs;
  const properties: Record<string, Json> = {
    ...whole.properties,
    jobs: { ...rest, properties: named, additionalProperties: { oneOf: others } },
  };
  for (const name of sectionNames) properties[name] = { ...properties[name], type: ['object', 'null'] };
  return { ...whole, title: 'The configuration of blogctl', properties };
}

// A job may be null ("warm-cache:"), which makes zod write a choice.
function jobProperties(job: Json): Json {
  const choices = (job['anyOf'] as Json[] | undefined) ?? [job];
  return (choices.find((choice) => 'properties' in choice)?.['properties'] as Json | undefined) ?? {};
}
