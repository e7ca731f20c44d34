// Runs one peer in one role: node peer.mjs <peer> <role> <options as JSON>. What it finds out it writes as one line of JSON.
// Times are microseconds of the machine's monotonic clock, which all processes share.
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const [peerName, role, json] = process.argv.slice(2);
const options = JSON.parse(json);
const peer = await (await import(`./${peerName}.mjs`)).open(options);
const commands = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const now = () => Number(process.hrtime.bigint() / 1000n);

// What is longer than a pipe takes at once goes through a file in this folder.
const say = (value) => {
  let text = JSON.stringify(value);
  if (text.length > 16_000) {
    const file = `answer-${process.pid}.json`;
    writeFileSync(file, text);
    text = JSON.stringify({ file });
  }
  process.stdout.write(`${text}\n`);
};
const nextCommand = async () => (await commands.next()).value;

const roles = {
  // Makes the tables and fills them.
  async preload({ tasks, workspaces }) {
    const batch = 2000;
    await peer.install();
    for (let first = 0; first < tasks; first += batch) {
      const count = Math.min(batch, tasks - first);
      await peer.addMany(Array.from({ length: count }, (_, i) => ({ workspace: (first + i) % workspaces, sequence: first + i })));
    }
    say({ tasks });
  },

  // Works off what is there: from the start of the first handler until the database holds nothing that is not completed.
  async burn({ tasks }) {
    await peer.connect?.();
    let handled = 0;
    let started;
    const allHandled = new Promise((resolve) => {
      peer.work(() => {
        started ??= now();
        handled += 1;
        if (handled === tasks) {
          resolve();
        }
      });
    });
    await allHandled;
    while ((await peer.countLeft()) > 0) {
      await sleep(2);
    }
    say({ microseconds: now() - started, handled });
  },

  // Works off what comes and notes when each handler began; answers what it is asked.
  async work() {
    await peer.connect?.();
    const starts = [];
    await peer.work((payload) => {
      starts.push(payload.sequence, now());
    });
    say({ ready: true });
    for (let command = await nextCommand(); command; command = await nextCommand()) {
      say(command === 'starts' ? { starts } : command === 'left' ? { left: await peer.countLeft() } : { count: starts.length / 2, at: now() });
    }
  },

  // Adds jobs at a steady rate, however long each takes to add.
  async steady({ rate, seconds }) {
    await peer.connect?.();
    const calls = [];
    const adding = new Set();
    const begin = now();
    const total = Math.floor(rate * seconds);
    for (let sequence = 0; sequence < total; ) {
      const due = Math.min(total, Math.floor(((now() - begin) / 1e6) * rate) + 1);
      for (; sequence < due; sequence += 1) {
        const payload = { workspace: sequence % options.workspaces, sequence };
        const called = now();
        const added = peer.add(payload).then(() => {
          calls.push(payload.sequence, called, now());
          adding.delete(added);
        });
        adding.add(added);
      }
      await sleep(1);
    }
    await Promise.all(adding);
    say({ calls });
  },

  // Adds jobs as fast as so many callers can, each one call at a time; says how many they were when it is asked.
  async flood({ callers }) {
    await peer.connect?.();
    let sequence = 0;
    let added = 0;
    let stopping = false;
    const call = async () => {
      while (!stopping) {
        await peer.add({ workspace: sequence % options.workspaces, sequence: sequence++ });
        added += 1;
      }
    };
    const calling = Promise.all(Array.from({ length: callers }, call));
    say({ ready: true });
    while (await nextCommand()) {
      say({ count: added });
    }
    stopping = true;
    await calling;
  },
};

await roles[role](options);
await peer.close();
process.exit(0);
