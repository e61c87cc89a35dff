// node pino-elasticsearch.js PORT TOKEN TEXT... : each text is one document, sent by the bulk helper
const pino = require('pino');
const elastic = require('pino-elasticsearch');
const [port, token, ...texts] = process.argv.slice(2);

const stream = elastic({
  index: 'logs',
  node: `http://127.0.0.1:${port}`,
  auth: { username: 'farol', password: token },
});
const fail = (error) => { console.error(error); process.exit(1); };
stream.on('unknown', fail);
stream.on('error', fail);
stream.on('insertError', fail);
stream.on('insert', (stats) => console.log(JSON.stringify(stats)));
const logger = pino({ base: { hostname: 'web1' }, timestamp: () => ',"time":1764000000250' }, stream);
texts.forEach((text) => logger.error(text));
stream.end();
