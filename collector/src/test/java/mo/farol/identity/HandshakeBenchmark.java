package mo.farol.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * What one agency's TLS handshakes do to another's answers: {@code main RATE SECONDS ROUNDS FOLDER}
 * opens an intake in this process and in others a RELP sender that sends every 5 ms, alone and
 * beside so many handshakes a second with a client certificate, each closed at once. Who storms
 * runs at a lower priority, for in life it has processors of its own. Linux only.
 */
public final class HandshakeBenchmark {
  private static final int STORMING_THREADS = 8;
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private HandshakeBenchmark() {}

  /** Prints two lines a round. */
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "quiet" -> quiet(number(arguments[1]), number(arguments[2]));
      case "storm" -> storm(number(arguments[1]), Path.of(arguments[2]), number(arguments[3]));
      default -> compare(arguments);
    }
  }

  private static void compare(String[] arguments) throws Exception {
    var folder = Path.of(arguments[3]);
    try (var open = new TlsIntake(folder.resolve("keys"))) {
      open.issue("water").write(folder.resolve("out"));
      String tls = "" + open.port("intake.syslog.tls");
      for (int round = 0; round < number(arguments[2]); round++) {
        System.out.println("alone:  " + run(open, arguments[1]));
        var storm = start("storm", tls, folder.resolve("out").toString(), arguments[0]);
        storm.inputReader().readLine(); // warm
        System.out.println("beside: " + run(open, arguments[1]));
        storm.outputWriter().close();
        System.out.println(storm.inputReader().readLine());
        storm.waitFor();
      }
    }
  }

  private static String run(TlsIntake open, String seconds) throws Exception {
    var quiet = start("quiet", "" + open.port("intake.relp"), seconds);
    String said = quiet.inputReader().readLine();
    quiet.waitFor();
    return said;
  }

  private static Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "nice",
                "-n",
                arguments[0].equals("storm") ? "19" : "0",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "mo.farol.identity.HandshakeBenchmark"));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static void quiet(int port, int seconds) throws IOException {
    long[] waits = new long[seconds * 200];
    int count = 0;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      say(socket, "1 open 49 relp_version=0\nrelp_software=test\ncommands=syslog\n");
      while (!line(in).startsWith("commands=")) {
        // the answer to open has several lines
      }
      long begun = System.nanoTime();
      for (long due = begun; count < waits.length; due += EVERY_NANOS) {
        LockSupport.parkNanos(due - System.nanoTime());
        long sent = System.nanoTime();
        say(socket, (count + 2) + " syslog 9 <38>quiet\n");
        line(in);
        waits[count++] = System.nanoTime() - sent;
      }
    }
    long[] settled = Arrays.copyOfRange(waits, count / 4, count);
    Arrays.sort(settled);
    System.out.printf(
        "answers p50 %.2f p99 %.2f p99.9 %.2f max %.1f ms%n",
        at(settled, 0.5), at(settled, 0.99), at(settled, 0.999), at(settled, 1));
  }

  private static void storm(int port, Path files, int rate) throws Exception {
    var context = context(files);
    var done = new AtomicLong();
    var failed = new AtomicLong();
    for (int i = 0; i < STORMING_THREADS; i++) {
      Thread.ofPlatform().daemon().start(() -> shake(context, port, rate, done, failed));
    }
    Thread.sleep(3000);
    System.out.println("warm");
    long begun = System.nanoTime();
    long before = done.get();
    while (System.in.read() >= 0) {
      // until whoever started us has what it wants
    }
    double took = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "        %.0f handshakes/s, %d failed%n", (done.get() - before) / took, failed.get());
    Runtime.getRuntime().halt(0);
  }

  private static void shake(
      SSLContext context, int port, int rate, AtomicLong done, AtomicLong failed) {
    long every = TimeUnit.SECONDS.toNanos(1) * STORMING_THREADS / rate;
    for (long due = System.nanoTime(); ; due = Math.max(due + every, System.nanoTime() - every)) {
      LockSupport.parkNanos(due - System.nanoTime());
      try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
        socket.startHandshake();
        socket.getSession().invalidate(); // the next one is a whole one too
        done.incrementAndGet();
      } catch (IOException e) {
        failed.incrementAndGet();
      }
    }
  }

  private static SSLContext context(Path files) throws Exception {
    char[] password = Files.readString(files.resolve("p12-password.txt")).strip().toCharArray();
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(files.resolve("client.p12"), password), password);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(files.resolve("trust.p12"), password));
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(Path file, char[] password) throws Exception {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return store;
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended");
      }
      line.append((char) b);
    }
    return line.toString();
  }

  private static double at(long[] sorted, double part) {
    return sorted[(int) ((sorted.length - 1) * part)] / 1e6;
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }
}
