// node splunk-logging.js PORT TOKEN TEXT... : all texts in one batch of glued objects
const { Logger } = require('splunk-logging');
const [port, token, ...texts] = process.argv.slice(2);

const logger = new Logger({ token, url: `http://127.0.0.1:${port}`, maxBatchCount: texts.length });
logger.error = (error) => { console.error(error); process.exit(1); };
texts.forEach((message, i) => logger.send({
  message,
  severity: 'warning',
  metadata: { host: 'web1', source: 'farol-test', sourcetype: 'probe', time: 1764000000.25 + i },
}, (error, response, body) => {
  if (error) throw error;
  console.log(JSON.stringify(body));
}));
