import { turnSwitchByCommand } from './turn-switch.js';

process.exitCode = await turnSwitchByCommand('assistant', {
  off: 'the chat gives emergency guidance and nothing else, at every instance',
  on: 'and the chat answers again',
});
