// node pino-socket.js PORT tcp|udp TEXT... : each text is one message
const pino = require('pino');
const [port, mode, ...texts] = process.argv.slice(2);

const transport = pino.transport({
  target: 'pino-socket',
  options: { address: '127.0.0.1', port: Number(port), mode },
});
const logger = pino({ name: 'farol-test' }, transport);
transport.on('ready', () => {
  for (const text of texts) logger.error(text);
  setTimeout(() => transport.end(), 500);
});
transport.on('close', () => process.exit(0));
