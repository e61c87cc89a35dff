package mo.farol.shipper;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mo.farol.event.Origin;
import mo.farol.wire.Answering;
import mo.farol.wire.Appender;
import mo.farol.wire.Counts;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.Signal;
import mo.farol.wire.Workbench;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Lumberjack connection: events are acknowledged by their number in the window when they are on
 * disk, a part of a window too. While that takes long an acknowledgement of 0 says that we live,
 * for senders give up otherwise and send all again. Whatever goes wrong ends the connection. Runs
 * on its event loop.
 */
final class LumberjackConnection extends ChannelInboundHandlerAdapter
    implements LumberjackDecoder.Frames {
  private static final Logger log = LoggerFactory.getLogger(LumberjackConnection.class);
  private static final long ALIVE_SECONDS = 3;
  private static final int ACK_BYTES = 6;

  private final Channel channel;
  private final Origin origin;
  private final Supplier<Workbench> benches;
  private final Appender appender;
  private final Counts counts;
  private final Answering answers;
  private final LumberjackDecoder decoder;
  // What has arrived and waits because too much is unanswered.
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private boolean inWindow;
  private boolean hasNumber;
  private int version;
  private long number;
  private int taken;
  private boolean spoke;
  private boolean working;

  LumberjackConnection(Channel channel, String agency, Supplier<Workbench> benches, Inlet inlet) {
    this.channel = channel;
    this.origin = Origin.live(agency, "lumberjack", Peer.of(channel.remoteAddress()), "json");
    this.benches = benches;
    this.appender = inlet.appender("lumberjack");
    this.counts = inlet.counts();
    this.answers = new Answering(channel, origin, appender, counts, this::work);
    this.decoder = new LumberjackDecoder(inlet.frameLimit());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    var alive =
        context
            .executor()
            .scheduleAtFixedRate(this::sayAlive, ALIVE_SECONDS, ALIVE_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> alive.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    waiting.add((ByteBuf) message);
    work();
  }

  @Override
  public void window(int version, long count) {
    flush();
    inWindow = true;
    if (count == 0) {
      answers.after(() -> acknowledge(version, 0));
    }
  }

  @Override
  public void event(int version, long number, byte[] bytes, int from, int to, byte mark)
      throws LumberjackDecoder.Broken {
    if (!inWindow) {
      throw new LumberjackDecoder.Broken("an event before any window");
    }
    var frames = benches.get().frames;
    if (to > from) {
      frames.add(bytes, from, to, mark);
    }
    this.version = version;
    this.number = number;
    hasNumber = true;
    if (++taken >= Appender.BATCH_FRAMES || Appender.isFull(frames)) {
      flush();
    }
  }

  @Override
  public boolean isFull() {
    return answers.isPaused();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    release(); // unanswered: the sender sends it again
    decoder.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    answers.look();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.DRAIN) {
      answers.end(() -> {});
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug(
        "a Lumberjack connection of {} at {} broke: {}", origin.agency(), origin.peer(), cause);
    context.close();
  }

  private void work() {
    if (working) {
      return; // an answer made room for more while we are at it
    }
    working = true;
    try {
      do {
        takeWaiting();
      } while (!waiting.isEmpty() && !answers.isPaused());
    } finally {
      working = false;
    }
    if (answers.isEnding()) {
      release();
    }
  }

  private void takeWaiting() {
    byte[] scratch = benches.get().scratch;
    try {
      while (!waiting.isEmpty() && !answers.isPaused()) {
        var head = waiting.element();
        int more = Math.min(head.readableBytes(), scratch.length);
        head.getBytes(head.readerIndex(), scratch, 0, more);
        head.skipBytes(decoder.take(scratch, 0, more, this));
        if (!head.isReadable()) {
          waiting.remove().release();
        }
      }
    } catch (LumberjackDecoder.Broken e) {
      refuse(String.valueOf(e.getMessage()));
    } finally {
      flush();
    }
  }

  private void refuse(String why) {
    flush();
    counts.refused("lumberjack", 1);
    log.debug("a Lumberjack connection of {} at {} ends: {}", origin.agency(), origin.peer(), why);
    decoder.close();
    answers.end(() -> {});
  }

  // What was cut so far goes to the log; its last number is acknowledged once it is there.
  private void flush() {
    if (!hasNumber) {
      return;
    }
    hasNumber = false;
    taken = 0;
    int ofVersion = version;
    long upTo = number;
    var frames = benches.get().frames;
    if (frames.count() == 0) {
      answers.after(() -> acknowledge(ofVersion, upTo));
    } else {
      answers.append(appender.batch(frames, origin), () -> acknowledge(ofVersion, upTo));
    }
  }

  private void acknowledge(int ofVersion, long upTo) {
    spoke = true;
    var out = channel.alloc().buffer(ACK_BYTES);
    out.writeByte('0' + ofVersion).writeByte('A').writeInt((int) upTo);
    channel.pipeline().write(out);
  }

  private void sayAlive() {
    if (!spoke && version != 1 && !answers.isEnding() && (isFull() || !answers.isIdle())) {
      acknowledge(2, 0);
      channel.pipeline().flush();
    }
    spoke = false;
  }

  private void release() {
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      next.release();
    }
  }
}
