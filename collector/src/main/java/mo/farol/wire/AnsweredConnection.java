package mo.farol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection whose sender is answered once its frames are on disk. What has arrived waits while
 * too much is unanswered. Whatever goes wrong ends the connection, for then the sender keeps what
 * has no answer and sends it again. Runs on its event loop.
 */
public abstract class AnsweredConnection extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(AnsweredConnection.class);

  private final Channel channel;
  private final Origin origin;
  private final Supplier<Workbench> benches;
  private final Appender appender;
  private final Counts counts;
  private final Answering answers;
  private final Unfinished unfinished;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private boolean working;
  // Whether a frame ended in the read at hand.
  private boolean ended;

  protected AnsweredConnection(
      Channel channel, Origin origin, Supplier<Workbench> benches, Inlet inlet) {
    this.channel = channel;
    this.origin = origin;
    this.benches = benches;
    this.appender = inlet.appender(origin.input());
    this.counts = inlet.counts();
    this.answers = new Answering(channel, origin, appender, counts);
    this.unfinished = new Unfinished(channel, origin.agency(), inlet);
  }

  /** Cuts {@code bytes[0 .. to)}, which are new, and gives the index it came to. */
  protected abstract int cut(byte[] bytes, int to) throws BrokenStream;

  /** What was cut so far goes to the log. */
  protected abstract void flush();

  /** Whether a frame has begun and not ended. */
  protected abstract boolean isUnfinished();

  /** Memory held for it, in bytes. */
  protected abstract long held();

  /** The connection is over, or nothing more is read of it. */
  protected void over() {}

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    answers.whenResumed(this::work);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    waiting.add((ByteBuf) message);
    work();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    release(); // unanswered: the sender sends it again
    over();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    answers.look();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("{} of {} from {} broke: {}", origin.input(), origin.agency(), origin.peer(), cause);
    context.close();
  }

  protected final Answering answers() {
    return answers;
  }

  /** What this event loop lends to collect frames in. */
  protected final FrameBatch.Builder frames() {
    return benches.get().frames;
  }

  /** A frame ended. */
  protected final void ended() {
    ended = true;
  }

  /** Appends what was collected; {@code answer} writes what the sender is told then. */
  protected final void append(Runnable answer) {
    var frames = frames();
    if (frames.count() == 0) {
      answers.after(answer);
    } else {
      answers.append(appender.batch(frames, origin), answer);
    }
  }

  /** Counts and ends a connection that can't go on, once what it sent before is answered. */
  protected final void refuse(String why) {
    if (answers.isEnding()) {
      return;
    }
    flush();
    counts.refused(origin.input(), 1);
    log.debug("{} of {} from {} ends: {}", origin.input(), origin.agency(), origin.peer(), why);
    over();
    answers.end(() -> {});
  }

  protected final ByteBuf buffer(int bytes) {
    return channel.alloc().buffer(bytes);
  }

  protected final void write(ByteBuf answer) {
    channel.pipeline().write(answer);
  }

  /** What waits to be cut is not wanted any more. */
  protected final void release() {
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      next.release();
    }
  }

  private void work() {
    if (working) {
      return; // an answer made room for more while we are at it
    }
    working = true;
    ended = false;
    answers.cork();
    try {
      do {
        takeWaiting();
      } while (!waiting.isEmpty() && !answers.isPaused());
    } finally {
      working = false;
      answers.uncork();
    }
    unfinished.look(isUnfinished(), ended, held());
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
        head.skipBytes(cut(scratch, more));
        if (!head.isReadable()) {
          waiting.remove().release();
        }
      }
    } catch (BrokenStream e) {
      refuse(String.valueOf(e.getMessage()));
    } finally {
      flush();
    }
  }
}
