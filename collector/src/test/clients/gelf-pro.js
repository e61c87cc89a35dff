// node gelf-pro.js PORT tcp|udp TEXT... : each text is one message
const log = require('gelf-pro');
const [port, protocol, ...texts] = process.argv.slice(2);

log.setConfig({
  adapterName: protocol,
  adapterOptions: { host: '127.0.0.1', port: Number(port) },
  fields: { facility: 'farol-test' },
});

let left = texts.length;
for (const text of texts) {
  log.error(text, { probe: 'gelf-pro' }, (error) => {
    if (error) throw error;
    if (--left === 0) process.exit(0);
  });
}
