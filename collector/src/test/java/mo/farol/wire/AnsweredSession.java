package mo.farol.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import mo.farol.journal.MemoryLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connections of one input whose senders are answered, byte by byte and one character a byte: what
 * {@link AnsweredConnection} promises is tested so, whatever the protocol, over a log in memory.
 */
@ExtendWith(Leaks.class)
public abstract class AnsweredSession {
  protected final MemoryLog log = new MemoryLog();
  protected final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Inlet inlet;
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  /**
   * @param limit bytes of the longest frame kept whole
   */
  protected AnsweredSession(int limit) {
    inlet = Inlets.over(log, metrics, limit);
  }

  /** Puts the input's handlers into the pipeline of a connection of agency-a. */
  protected abstract void initialize(EmbeddedChannel channel, Inlet from);

  @AfterEach
  protected final void close() {
    log.release();
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  /** A sender connects. */
  protected final EmbeddedChannel open() {
    return open(new EmbeddedChannel());
  }

  /** The same over a channel that has handlers of the test's own. */
  protected final EmbeddedChannel open(EmbeddedChannel channel) {
    initialize(channel, inlet);
    channels.add(channel);
    return channel;
  }

  /** The sender says something, unless it was hung up on. */
  protected static void say(EmbeddedChannel channel, byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }
  }

  protected static void say(EmbeddedChannel channel, String text) {
    say(channel, text.getBytes(ISO_8859_1));
  }

  /** What it was answered since it was asked last. */
  protected static String said(EmbeddedChannel channel) {
    channel.runPendingTasks();
    var text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(ISO_8859_1));
      out.release();
    }
    return text.toString();
  }

  /** How often something was refused for this reason. */
  protected final double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }
}
