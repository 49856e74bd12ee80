// Preloaded into a server (`NODE_OPTIONS=--require=...`): whatever it asks for, it listens on the loopback only.
const { Server } = require('net');

const { listen } = Server.prototype;

Server.prototype.listen = function (first, ...rest) {
    const options = typeof first === 'object' && first !== null ? first : { port: first };
    const whenListening = rest.filter((argument) => typeof argument === 'function');
    return listen.call(this, { ...options, host: '127.0.0.1' }, ...whenListening);
};
