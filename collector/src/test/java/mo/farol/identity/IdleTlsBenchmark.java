package mo.farol.identity;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * What idle TLS connections cost: {@code main COUNT FOLDER} opens an intake in this process and as
 * many clients with a certificate in another, and prints this process' resident memory before and
 * after. Linux only.
 */
public final class IdleTlsBenchmark {
  private IdleTlsBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("connect")) {
      connect(Integer.parseInt(arguments[1]), Path.of(arguments[2]), arguments[3]);
      return;
    }
    var folder = Path.of(arguments[1]);
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      open.issue("water").write(folder.resolve("out"));
      long before = residentKib();
      var clients = start(open.port("intake.syslog.tls"), folder.resolve("out"), arguments[0]);
      String said = clients.inputReader().readLine();
      System.out.printf(
          "%s: resident %d MiB before, %d MiB with them; refused %.0f%n",
          said, before >> 10, residentKib() >> 10, open.refused("newcomers") + open.refused("tls"));
      clients.destroy();
      clients.waitFor();
    }
  }

  private static Process start(int port, Path files, String count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            "mo.farol.identity.IdleTlsBenchmark",
            "connect",
            "" + port,
            files.toString(),
            count)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void connect(int port, Path files, String count) throws Exception {
    char[] password = Files.readString(files.resolve("p12-password.txt")).strip().toCharArray();
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(files.resolve("client.p12"), password), password);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(files.resolve("trust.p12"), password));
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    List<SSLSocket> open = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < Integer.parseInt(count); i++) {
      var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
      socket.startHandshake();
      open.add(socket);
    }
    System.out.printf(
        "%d TLS connections opened in %.0f s%n", open.size(), (System.nanoTime() - begun) / 1e9);
    System.in.read();
  }

  private static KeyStore store(Path file, char[] password) throws Exception {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return store;
    }
  }

  private static long residentKib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
