import type { StackJson } from '../../rehearsal/run/stack';

/** What a variable is called, and what somebody who only wants to try it would write. The first match counts. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/subscription/i, '6f1c2f0e-6a55-4d0c-9a37-1d2f7c0b8e21'],
  [/(tenant|client|object|principal|app(lication)?)_?id/i, '0b1d7c52-3a0e-4c9b-8a1f-5d2e7f6a9c34'],
  [/location|region/i, 'westeurope'],
  [/password|secret/i, 'Tr1al-and-3rror-Only!'],
  [
    /ssh|public_key/i,
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICYfT0w6PkT6dW8wPZk5mZ7l0p2uQm3y7N4tq1b8c9dE trial',
  ],
  [/email|mail/i, 'trial@example.com'],
  [/domain|zone|fqdn|host/i, 'trial.example.com'],
  [/cidr|address_(space|prefix)/i, '10.20.0.0/16'],
  [/ip/i, '198.51.100.7'],
];

/** Values for the variables without a default, by their names and types. */
export function madeUpValues(content: StackJson | undefined): Readonly<Record<string, unknown>> {
  const variables = Object.entries(content?.variable ?? {});
  return Object.fromEntries(
    variables.flatMap(([name, declared]) => {
      const { default: given, type = '' } = (declared ?? {}) as Readonly<Record<string, unknown>>;
      return given === undefined ? [[name, madeUp(name, String(type))]] : [];
    }),
  );
}

/** The attributes that an object type requires and that have a simple type. */
function madeUpObject(type: string): Readonly<Record<string, unknown>> {
  const required = [...type.matchAll(/(\w+)\s*=\s*(string|number|bool)\b/g)];
  return Object.fromEntries(required.map(([, name = '', own = '']) => [name, madeUp(name, own)]));
}

function madeUp(name: string, type: string): unknown {
  if (/number/.test(type)) return 1;
  if (/bool/.test(type)) return false;
  if (/(list|set|tuple)\(/.test(type)) return [];
  if (/^(\$\{)?object\(/.test(type)) return madeUpObject(type);
  if (/map\(/.test(type)) return {};
  return byName.find(([pattern]) => pattern.test(name))?.[1] ?? 'trial';
}
