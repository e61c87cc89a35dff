package mo.farol.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The clients of {@link IdleTls}: each shakes hands and says no more. */
public final class IdleTlsLoad {
  private static final int ADDRESSES = 16;

  private IdleTlsLoad() {}

  /** Opens them from several loopback addresses, prints one line and waits to be ended. */
  public static void be(InetSocketAddress to, int connections, Path keys)
      throws IOException, GeneralSecurityException {
    var sockets = context(keys).getSocketFactory();
    var open = new ArrayList<SSLSocket>();
    long begun = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      var from = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + i % ADDRESSES)});
      var socket = (SSLSocket) sockets.createSocket(to.getAddress(), to.getPort(), from, 0);
      socket.startHandshake();
      open.add(socket);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d by mutual TLS, opened in %.0f s%n",
        open.size(),
        (System.nanoTime() - begun) / 1e9);
    System.in.read();
  }

  private static SSLContext context(Path files) throws IOException, GeneralSecurityException {
    char[] password = Files.readString(files.resolve("p12-password.txt")).strip().toCharArray();
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(files.resolve("client.p12"), password), password);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(files.resolve("trust.p12"), password));
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return store;
    }
  }
}
