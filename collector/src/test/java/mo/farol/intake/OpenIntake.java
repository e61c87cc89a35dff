package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.journal.EventLog;
import mo.farol.journal.MemoryLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.wire.Transport;

/** An intake on free loopback ports over a log in memory; token {@code secret-b} is agency-b's. */
final class OpenIntake implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  final MemoryLog log = new MemoryLog();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Intake intake;

  OpenIntake() {
    this(IntakeConfig.local("agency-a"));
  }

  OpenIntake(IntakeConfig config) {
    this(config, Transport.best());
  }

  OpenIntake(IntakeConfig config, Transport transport) {
    intake =
        new Intake(
            config,
            log,
            token -> token.equals("secret-b") ? Optional.of("agency-b") : Optional.empty(),
            Optional.empty(),
            InstantSource.fixed(NOW),
            metrics,
            transport);
    intake.start();
  }

  InetSocketAddress at(String key) {
    return Optional.ofNullable(intake.bound().get(key)).orElseThrow();
  }

  int port(String key) {
    return at(key).getPort();
  }

  Socket tcp() throws IOException {
    return tcp("intake.syslog.tcp");
  }

  Socket tcp(String key) throws IOException {
    return new Socket(at(key).getAddress(), port(key));
  }

  void sendTcp(String text) throws IOException {
    try (var socket = tcp()) {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }
  }

  void sendUdp(String key, String... datagrams) throws IOException {
    try (var socket = new DatagramSocket()) {
      for (String datagram : datagrams) {
        byte[] bytes = datagram.getBytes(ISO_8859_1);
        socket.send(new DatagramPacket(bytes, bytes.length, at(key)));
      }
    }
  }

  /** Waits until the log holds this many frames; returns their texts. */
  List<String> frames(long count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> log.durable() >= count);
    return log.texts();
  }

  /** Waits likewise; returns the fields of their events. */
  List<Map<String, String>> events(long count) {
    frames(count);
    var events = new ArrayList<Map<String, String>>();
    var parser = new Parser(ParseConfig.defaults());
    for (var block : log.blocks()) {
      var batch = new EventBatch();
      parser.parse(block.frames(), block.firstSequence(), 0, batch);
      for (int i = 0; i < batch.count(); i++) {
        events.add(batch.event(i).fields());
      }
    }
    return events;
  }

  List<FrameBatch> batches() {
    return log.blocks().stream().map(EventLog.Block::frames).toList();
  }

  double counter(String name, String... tags) {
    return metrics.counter(name, tags).count();
  }

  /** Frames of agency-a that an input dropped. */
  double dropped(String input) {
    return counter("farol_intake_dropped_total", "input", input, "agency", "agency-a");
  }

  @Override
  public void close() {
    log.release();
    intake.close();
  }
}
