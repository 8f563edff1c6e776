// How drivers reach the server. The caller is an admin on the unix socket, a guest on the TCP port.
import net from 'node:net';

export async function connect(target) {
  const where = target.isGuest ? { port: target.port, host: '127.0.0.1' } : { path: target.socket };
  const socket = net.connect({ ...where, allowHalfOpen: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

// A TCP port that leads to the unix socket, for clients that know TCP alone.
export async function forward(target) {
  const open = new Set();
  const server = net.createServer((near) => {
    const far = net.connect(target.socket);
    for (const [socket, other] of [[near, far], [far, near]]) {
      open.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy()).on('close', () => open.delete(socket));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
