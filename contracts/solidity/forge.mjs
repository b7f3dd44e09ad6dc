#!/usr/bin/env node
// Runs the forge of package-lock.json in this folder with the solc of package-lock.json. The
// package's own launcher needs a step at installation that we do not run.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

const binary = createRequire(import.meta.url).resolve(
  `@foundry-rs/forge-${process.platform}-${ARCHITECTURES[process.arch]}/bin/forge`);
const { status, error } = spawnSync(binary, process.argv.slice(2), {
  cwd: dirname(fileURLToPath(import.meta.url)),
  stdio: 'inherit',
});
if (error) throw error;
process.exit(status ?? 1);
