package mo.farol.post;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Agencies;
import mo.farol.wire.Budget;
import mo.farol.wire.Counts;
import mo.farol.wire.Doubts;
import mo.farol.wire.Inlet;
import mo.farol.wire.Quotas;
import mo.farol.wire.Shares;
import mo.farol.wire.TlsFront;

/**
 * One connection to the HTTP inputs without a socket, over a log in memory. Token {@code secret-b}
 * is agency-b's, {@code secret-c} agency-c's.
 */
public final class Posting implements AutoCloseable {
  /** Connections one agency may have. */
  public static final int MOST_CONNECTIONS = 3;

  private static final long BOUND = 64L << 20;

  public final MemoryLog log = new MemoryLog();
  public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<EmbeddedChannel> gone = new ArrayList<>();
  private final SlowWrites slow = new SlowWrites();
  private final HttpInputs inputs;
  private final String certificate;
  private EmbeddedChannel channel;
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");

  /** A connection without a client certificate. */
  public Posting(Function<Inlet, Protocol> protocol) {
    this("", inlet -> List.of(protocol.apply(inlet)));
  }

  /**
   * @param agency whose client certificate was shown, empty for none
   */
  public Posting(String agency, Function<Inlet, List<Protocol>> protocols) {
    var inlet =
        new Inlet(
            log,
            () -> now,
            new Counts(metrics),
            new AtomicLong(),
            BOUND,
            new Shares(Quotas.NONE, BOUND, System::nanoTime, metrics),
            new Doubts(System::nanoTime, metrics),
            new Budget(64L << 20),
            new Agencies(MOST_CONNECTIONS, new Counts(metrics)),
            64 << 10);
    certificate = agency;
    inputs = new HttpInputs(inlet, Posting::agency, protocols.apply(inlet));
    channel = new EmbeddedChannel();
    inputs.initialize(channel, agency);
  }

  /** The client comes again, and this time through the front door. */
  public void reconnect(TlsFront front) {
    channel.close();
    gone.add(channel);
    channel = new EmbeddedChannel();
    front.either(channel, TlsFront.Clients.OPTIONAL, certificate, inputs::initialize);
  }

  /** The client goes away and comes again. */
  public void reconnect() {
    channel.close();
    gone.add(channel);
    channel = new EmbeddedChannel();
    inputs.initialize(channel, certificate);
  }

  /** One more connection beside those that are open. */
  public void connectToo() {
    gone.add(channel);
    channel = new EmbeddedChannel();
    inputs.initialize(channel, certificate);
  }

  /** Seconds go by for the connection. */
  public void idle(int seconds) {
    for (int i = 0; i < seconds; i++) {
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  /** Whether the client takes what it is answered. */
  public void reads(boolean does) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, does);
    channel.runPendingTasks();
  }

  /** What is answered from now on stays in the kernel. */
  public void delayWrites() {
    channel.pipeline().addFirst(slow);
  }

  /** It has left. */
  public void releaseWrites() {
    slow.release();
  }

  /** Whether the connection stands. */
  public boolean isOpen() {
    return channel.isOpen();
  }

  private static final class SlowWrites extends ChannelOutboundHandlerAdapter {
    private final List<Runnable> waiting = new ArrayList<>();

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      waiting.add(() -> context.writeAndFlush(message, promise));
    }

    void release() {
      waiting.forEach(Runnable::run);
      waiting.clear();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      release();
      context.close(promise);
    }
  }

  private static Optional<String> agency(String token) {
    return token.startsWith("secret-")
        ? Optional.of("agency-" + token.substring("secret-".length()))
        : Optional.empty();
  }

  /** Time goes on. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** A request with agency-b's token; gives the whole answer, head and body. */
  public String post(String path, String body, String... headers) {
    return send("POST " + path, body.getBytes(UTF_8), headers);
  }

  /** Sends a request and gives the answer. */
  public String send(String line, byte[] body, String... headers) {
    take(request(line, body, headers));
    return answers();
  }

  /** A request's bytes; with agency-b's token where the headers hold no other. */
  public static byte[] request(String line, byte[] body, String... headers) {
    var head = new StringBuilder(line + " HTTP/1.1\r\nHost: farol:5580\r\n");
    List.of(headers).forEach(h -> head.append(h).append("\r\n"));
    if (head.indexOf("Authorization") < 0) {
      head.append("Authorization: Bearer secret-b\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** Bytes arrive. */
  public void take(byte[] bytes) {
    take(bytes, 0, bytes.length);
  }

  /** Bytes arrive. */
  public void take(byte[] bytes, int from, int to) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
    channel.runPendingTasks();
  }

  /** Whether there is an answer that {@link #answers} has not given. */
  public boolean hasAnswered() {
    channel.runPendingTasks();
    return !channel.outboundMessages().isEmpty();
  }

  /** What was answered since the last call, one character a byte. */
  public String answers() {
    gone.forEach(EmbeddedChannel::runPendingTasks);
    channel.runPendingTasks();
    var text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(ISO_8859_1));
      part.release();
    }
    return text.toString();
  }

  /** The body of one answer. */
  public static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  public double counter(String name, String... tags) {
    return metrics.find(name).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
  }

  @Override
  public void close() {
    gone.forEach(EmbeddedChannel::finishAndReleaseAll);
    channel.finishAndReleaseAll();
  }
}
