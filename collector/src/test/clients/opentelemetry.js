// node opentelemetry.js PORT TOKEN proto|http none|gzip TEXT... : each text is one record
const { SeverityNumber } = require('@opentelemetry/api-logs');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const { LoggerProvider, BatchLogRecordProcessor } = require('@opentelemetry/sdk-logs');
const [port, token, encoding, compression, ...texts] = process.argv.slice(2);
const { OTLPLogExporter } = require(`@opentelemetry/exporter-logs-otlp-${encoding}`);

const exporter = new OTLPLogExporter({
  url: `http://127.0.0.1:${port}/v1/logs`,
  headers: { Authorization: `Bearer ${token}` },
  compression,
});
const outcomes = [];
const send = exporter.export.bind(exporter);
exporter.export = (records, done) => send(records, (result) => { outcomes.push(result.code); done(result); });

const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'shop', 'host.name': 'web1' }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});
const logger = provider.getLogger('shop.Cart', '1.0');
texts.forEach((body, i) => logger.emit({
  body,
  severityNumber: SeverityNumber.ERROR,
  severityText: 'ERROR',
  timestamp: new Date(1764000000250 + i),
  attributes: { n: i, ok: true, 'user.name': 'ana' },
}));
provider.forceFlush()
  .then(() => provider.shutdown())
  .then(() => { console.log(JSON.stringify(outcomes)); })
  .catch((error) => { console.error(error); process.exit(1); });
