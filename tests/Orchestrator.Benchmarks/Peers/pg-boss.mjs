// pg-boss that fetches and completes in batches, woken by notifications.
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const queue = 'benchmark';

export async function open({ host, user, database, schema }) {
  const pool = new pg.Pool({ host, user, database, max: 1 });
  const boss = new PgBoss({ host, user, database, schema, max: 20, useListenNotify: true });
  boss.on('error', (error) => console.error(error));
  return {
    async install() {
      await boss.start();
      await boss.createQueue(queue, { notify: true });
    },
    connect: () => boss.start(),
    add: (payload) => boss.send(queue, payload),
    addMany: (payloads) => boss.insert(queue, payloads.map((data) => ({ data }))),
    work: (handler) =>
      boss.work(queue, { batchSize: 500, localConcurrency: 2, burstWhenBatchFull: true }, async (jobs) => {
        for (const job of jobs) {
          handler(job.data);
        }
      }),
    async countLeft() {
      const { rows } = await pool.query(`select count(*)::int as jobs from ${schema}.job where name = '${queue}' and state < 'completed'`);
      return rows[0].jobs;
    },
    async close() {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}
