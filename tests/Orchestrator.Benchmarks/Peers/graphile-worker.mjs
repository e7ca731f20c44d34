// graphile-worker with a local queue and, unless told otherwise, batched completion: its fastest setting for short jobs.
import pg from 'pg';

process.env.NO_LOG_SUCCESS = '1';
const { Logger, WorkerPreset, makeWorkerUtils, run } = await import('graphile-worker');

const task = 'benchmark';
const logger = new Logger(() => (level, message) => level === 'error' && console.error(message));

export async function open({ host, user, database, schema, completeJobBatchDelay = 0 }) {
  const pgPool = new pg.Pool({ host, user, database, max: 20 });
  const complain = (error) => console.error(error);
  pgPool.on('error', complain);
  pgPool.on('connect', (client) => client.on('error', complain));
  const preset = {
    extends: [WorkerPreset],
    worker: {
      schema,
      logger,
      concurrentJobs: 24,
      localQueue: { size: 500 },
      completeJobBatchDelay,
      failJobBatchDelay: 0,
    },
  };
  const utils = await makeWorkerUtils({ preset, pgPool });
  let runner;
  return {
    install: () => utils.migrate(),
    add: (payload) => utils.addJob(task, payload),
    addMany: (payloads) => utils.addJobs(payloads.map((payload) => ({ identifier: task, payload }))),
    async work(handler) {
      runner = await run({ preset, pgPool, noHandleSignals: true, taskList: { [task]: handler } });
    },
    // A job that is done is gone.
    async countLeft() {
      const { rows } = await pgPool.query(`select count(*)::int as jobs from ${schema}._private_jobs`);
      return rows[0].jobs;
    },
    async close() {
      await runner?.stop();
      await utils.release();
      await pgPool.end();
    },
  };
}
