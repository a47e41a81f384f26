import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALL_TIMEOUT_MS = 600_000;

/** A program that the tests drive and that npm does not bring. */
export interface Requirement {
  /** The Debian package. */
  readonly debianPackage: string;
  /** Names under which it may be found, best first. */
  readonly commands: readonly string[];
  /** Environment variable that names the program's path. */
  readonly variable: string;
}

/** The browser of the end-to-end tests. */
export const CHROMIUM: Requirement = {
  debianPackage: 'chromium',
  commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  variable: 'CHROMIUM_PATH',
};

/** Makes and reads media in tests. */
export const FFMPEG: Requirement = { debianPackage: 'ffmpeg', commands: ['ffmpeg'], variable: 'FFMPEG_PATH' };

/** A program is not there and could not be installed; the message says what to do. */
export class RequirementMissing extends Error {
  override readonly name = 'RequirementMissing';
}

/** Path of the program; installs its Debian package first when it is missing and this process is root. */
export async function programPath(requirement: Requirement): Promise<string> {
  return findProgram(requirement) ?? (await installProgram(requirement));
}

function findProgram(requirement: Requirement): string | undefined {
  const named = process.env[requirement.variable];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = requirement.commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return paths.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function installProgram(requirement: Requirement): Promise<string> {
  const command = `apt-get install --yes --no-install-recommends ${requirement.debianPackage}`;
  const advice = `Install it (Debian: "sudo apt-get update && sudo ${command}") or set ${requirement.variable} to its path.`;
  if (process.getuid?.() !== 0) throw new RequirementMissing(`${requirement.debianPackage} is missing. ${advice}`);
  try {
    const options = { timeout: INSTALL_TIMEOUT_MS, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    await run('apt-get', ['update'], options);
    const [program = '', ...parameters] = command.split(' ');
    await run(program, parameters, options);
  } catch (error) {
    throw new RequirementMissing(`${requirement.debianPackage} could not be installed. ${advice}`, { cause: error });
  }
  const path = findProgram(requirement);
  if (path === undefined) throw new RequirementMissing(`${requirement.debianPackage} is still missing. ${advice}`);
  return path;
}
