// node elasticsearch.js PORT TOKEN TEXT... : each text is one document, sent by the bulk helper
const { Client } = require('@elastic/elasticsearch');
const [port, token, ...texts] = process.argv.slice(2);

(async () => {
  const client = new Client({
    node: `http://127.0.0.1:${port}`,
    auth: { username: 'farol', password: token },
  });
  const info = await client.info();
  const result = await client.helpers.bulk({
    datasource: texts.map((message) => ({ message })),
    onDocument: () => ({ create: { _index: 'logs' } }),
  });
  const raw = await client.bulk({
    operations: texts.flatMap((message, i) => [{ index: { _index: 'logs', _id: `${i}` } }, { message }]),
  });
  console.log(JSON.stringify({
    version: info.version.number,
    successful: result.successful,
    failed: result.failed,
    errors: raw.errors,
    statuses: raw.items.map((item) => item.index.status),
  }));
  await client.close();
})().catch((error) => { console.error(error); process.exit(1); });
