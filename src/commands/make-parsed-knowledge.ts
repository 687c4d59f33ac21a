import path from 'node:path';
import { loadKnowledge } from '../adapters/knowledge-files.js';
import { packageRoot } from '../adapters/package-root.js';
import { writeParsed } from '../adapters/parsed-knowledge.js';

/** Part of the build: parses and checks the knowledge shipped, and keeps what it parsed to for every start. */
const file = path.join(packageRoot(), 'dist', 'parsed-knowledge.json');
const parsed = new Map<string, unknown>();
const { passages } = await loadKnowledge(path.join(packageRoot(), 'knowledge'), parsed);
await writeParsed(file, parsed);
process.stdout.write(`Knowledge checked and kept: ${passages.size} passages.\n`);
