// BullMQ with many jobs at a time in one worker. The caller's connection sends commands together; for a worker's that is slower.
import { Redis } from 'ioredis';
import { Queue, Worker } from 'bullmq';

const name = 'benchmark';

export async function open({ socket }) {
  const connect = (options) => new Redis({ path: socket, maxRetriesPerRequest: null, ...options });
  const queue = new Queue(name, { connection: connect({ enableAutoPipelining: true }) });
  await queue.waitUntilReady();
  let worker;
  return {
    install: async () => {},
    add: (payload) => queue.add(name, payload),
    addMany: (payloads) => queue.addBulk(payloads.map((data) => ({ name, data }))),
    async work(handler) {
      worker = new Worker(name, async (job) => handler(job.data), { connection: connect(), concurrency: 100 });
      worker.on('error', (error) => console.error(error));
      await worker.waitUntilReady();
    },
    async countLeft() {
      const counts = await queue.getJobCounts('wait', 'active', 'prioritized', 'delayed');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    async close() {
      await worker?.close(true);
      await queue.close();
    },
  };
}
