/** Raised when a setting cannot be used; the message is one sentence naming it. */
export class ConfigFault extends Error {}
