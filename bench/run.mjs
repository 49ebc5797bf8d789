// Runs the trainers it is told of, round by round in one browser, and writes what it measured as JSON.
// node bench/run.mjs PLAN.json RESULTS.json; `cargo xtask bench` writes the plan and reads the results.
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem, type, release } from 'node:os';
import { chromium } from '@playwright/test';
import { startNative } from './native.mjs';
import { serve } from './server.mjs';

const [planFile, resultsFile] = process.argv.slice(2);
const plan = JSON.parse(await readFile(planFile, 'utf8'));

// The flags of playwright.config.ts: WebGPU by software where there is no graphics card.
const FLAGS = [
  '--no-sandbox', '--enable-unsafe-webgpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const server = await serve({ cases: plan.cases_folder, libraries: plan.libraries_folder });
const browser = await chromium.launch({ executablePath: process.env.CHROME, channel: process.env.CHROME ? undefined : 'chromium', args: FLAGS });

/** A page of its own for every trainer: libraries keep what they hold in the window. */
async function openPage(query) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${server.address}/bench/${query}`);
  return { page, complaints };
}

async function startInPage(trainer, folder, profile) {
  const isolated = plan.isolated_trainers.includes(trainer) ? '&isolated' : '';
  const { page, complaints } = await openPage(`trainer.html?trainer=${trainer}&case=${folder}&profile=${profile ? 1 : ''}${isolated}`);
  const call = async (method) => {
    await page.bringToFront();
    return page.evaluate((name) => window.bench[name](), method);
  };
  const runsOn = await call('start').catch((error) => {
    throw new Error([error.message.split('\n')[0], ...complaints].join('; '));
  });
  return { runsOn, step: () => call('step'), profile: () => call('profile'), close: () => page.close() };
}

/** Steps that are timed in one round: as many as fit into the round's time, at least one. */
async function round(trainer, losses, roundMs) {
  const timed = [];
  const until = performance.now() + roundMs;
  let figures;
  while (timed.length === 0 || performance.now() < until) {
    const step = await trainer.step();
    losses.push(step.loss);
    // A step that looks inside the network is none that others make.
    if (step.looked) continue;
    timed.push(step.ms);
    figures = step.figures;
  }
  return { timed, figures };
}

/** All trainers on one case: the first step of each, then round after round, every trainer in each. */
async function compare({ folder, trainers }) {
  const running = [];
  for (const name of trainers) {
    process.stderr.write(`  ${folder}: ${name} starts\n`);
    const result = { trainer: name, folder, losses: [], step_ms: [] };
    try {
      const command = plan.commands[name]?.[folder];
      const trainer = command
        ? await startNative(command)
        : await startInPage(name, plan.own_folders[name]?.[folder] ?? folder, false);
      const first = await trainer.step();
      running.push({ trainer, result });
      Object.assign(result, { runs_on: trainer.runsOn, first_step_ms: first.ms, first_figures: first.figures });
      result.losses.push(first.loss);
      // The second step still compiles what the first, which looks inside the network, had otherwise; it is not timed.
      result.losses.push((await trainer.step()).loss);
    } catch (error) {
      result.failure = error.message;
    }
    results.measured.push(result);
  }
  for (let index = 0; index < plan.rounds; index += 1) {
    for (const each of running) {
      if (each.result.failure) continue;
      process.stderr.write(`  ${folder}: round ${index + 1} of ${plan.rounds}, ${each.result.trainer}\n`);
      try {
        const { timed, figures } = await round(each.trainer, each.result.losses, plan.round_ms);
        each.result.step_ms.push(...timed);
        each.result.figures = figures;
      } catch (error) {
        each.result.failure = error.message;
      }
    }
  }
  for (const { trainer } of running) await trainer.close();
}

/** Time of each kernel in one step, summed by name, largest first. */
async function profile(trainer, folder) {
  process.stderr.write(`  ${folder}: profile of ${trainer}\n`);
  const running = await startInPage(trainer, folder, true);
  for (let step = 0; step < 3; step += 1) await running.step();
  const byName = new Map();
  for (const { name, workgroups, ms } of await running.profile()) {
    const kernel = byName.get(name) ?? { name, dispatches: 0, ms: 0, fewest_workgroups: Infinity };
    kernel.dispatches += 1;
    kernel.ms += ms;
    kernel.fewest_workgroups = Math.min(kernel.fewest_workgroups, workgroups);
    byName.set(name, kernel);
  }
  await running.close();
  return { trainer, folder, kernels: [...byName.values()].sort((one, other) => other.ms - one.ms) };
}

async function ceilings() {
  process.stderr.write('  ceilings\n');
  const { page } = await openPage('ceilings.html');
  const found = await page.evaluate(() => window.measureCeilings());
  await page.close();
  return found;
}

/** Trainers on the GPU get the smallest network alone where the GPU is a program: a step takes seconds there. */
function chosen({ folder, trainers }, index) {
  const software = /swiftshader|llvmpipe|basic render/i.test(results.ceilings.gpu?.adapter ?? '');
  const all = index === 0 || !software || plan.gpu_everywhere;
  return { folder, trainers: all ? trainers : trainers.filter((name) => !plan.gpu_trainers.includes(name)) };
}

const [{ model }] = cpus();
const results = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`,
  browser: `Chromium ${browser.version()}`,
  measured: [],
  profiles: [],
};
const save = () => writeFile(resultsFile, JSON.stringify(results, null, 1));
try {
  results.ceilings = await ceilings();
  for (const [index, each] of plan.comparisons.entries()) {
    await compare(chosen(each, index));
    // What is measured is kept, should the rest fail.
    await save();
  }
  for (const { trainer, folder } of plan.profiles) results.profiles.push(await profile(trainer, folder));
} finally {
  await browser.close();
  server.close();
}
await save();
