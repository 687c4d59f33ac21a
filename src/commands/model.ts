import { turnSwitchByCommand } from './turn-switch.js';

process.exitCode = await turnSwitchByCommand('model', {
  off: 'no call is made from now on, at any instance',
  on: 'and calls are made again',
});
