import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

// Runs a program with this input and gives back its output; any other exit code than 0 is an error.
export async function run(program, args, input) {
  const child = spawn(program, args);
  const ended = new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  child.stdin.on('error', () => {}).end(input);
  const [output, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${complaints}`);
  return output;
}
