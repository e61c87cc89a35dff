// node winston-syslog.js PORT tcp4|udp4 BSD|5424 TEXT... : each text is one message
const winston = require('winston');
require('winston-syslog');
const [port, protocol, type, ...texts] = process.argv.slice(2);

const transport = new winston.transports.Syslog({
  host: '127.0.0.1',
  port: Number(port),
  protocol,
  type,
  app_name: 'farol-test',
  localhost: 'winston',
  format: winston.format.simple(),
});
transport.on('error', (error) => {
  throw error;
});
const logger = winston.createLogger({ levels: winston.config.syslog.levels, transports: [transport] });
for (const text of texts) logger.error(text);
setTimeout(() => process.exit(0), 1000);
