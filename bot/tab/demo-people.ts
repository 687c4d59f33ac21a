import { userIdSchema } from '../../src/core/ids.js';
import type { Role, User } from '../../src/core/roles.js';
import type { Directory } from '../../src/flows/ports.js';

/**
 * Made-up people for local mode, one of whom is chosen on the page. The first six are those of the demo's chat, by the
 * same ids: the officer who speaks there finds their own cases here.
 */
export const demoPeople: readonly User[] = [
  person(0, 'Sam Okafor', 'officer'),
  person(1, 'Priya Nair', 'call-handler'),
  person(2, 'Tom Hughes', 'supervisor'),
  person(3, 'Aisha Khan', 'supervisor'),
  person(4, 'Ewa Nowak', 'advocate'),
  person(5, 'Rhys Bevan', 'curator'),
  person(6, 'Grace Lloyd', 'administrator'),
];

/** Everybody of the demo, in one team. */
export const demoDirectory: Directory = {
  // Whoever speaks in the chat and is nobody of the demo does so as an officer.
  rolesOf: async (id) => demoPeople.find((one) => one.id === id)?.roles ?? ['officer'],
  listSupervisors: async () => peopleWho('supervisor'),
  listAdvocates: async () => peopleWho('advocate'),
  teamOf: async (id) => (demoPeople.some((one) => one.id === id) ? 'Response' : null),
};

function peopleWho(role: Role) {
  return demoPeople
    .filter(({ roles }) => roles.includes(role))
    .map(({ id, name }) => ({ id, name }));
}

function person(number: number, name: string, role: Role): User {
  const id = userIdSchema.parse(`00000000-0000-0000-0000-00000000000${number}`);
  return { id, name, roles: [role] };
}
