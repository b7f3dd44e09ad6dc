#!/usr/bin/env node
// Runs the forge of package-lock.json, or the one on the PATH where npm has none for this machine,
// in this folder. foundry.toml gives it the solc of package-lock.json.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

function locateForge() {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch]}`;
  try {
    return createRequire(import.meta.url).resolve(`@foundry-rs/forge-${platform}/bin/forge`);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return 'forge';
  }
}

const { status, error } = spawnSync(locateForge(), process.argv.slice(2), {
  cwd: dirname(fileURLToPath(import.meta.url)),
  stdio: 'inherit',
});
if (error) {
  console.error(`forge: ${error.code} (expected: npm ci here, or forge on the PATH)`);
}
process.exit(status ?? 1);
